/**
 * Real servers that run out of room, without a mount: the program finds, in a broker cache of its own, a script in the
 * server's place that starts the real one under a limit of the size of its files, as an ordinary user may set it. The
 * write that passes the limit is then refused by the system, as on a full disk.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerBinary } from '../../src/broker/nats/private/server-binary.js';
import { temporaryFolder } from '../cli/cli-process.js';

/** A broker cache whose nats-server is started after these lines of sh. `$2` is its configuration file. */
export function cacheWithNats({ path, version }: ServerBinary, lines: string): string {
  const cache = temporaryFolder();
  const folder = join(cache, `nats-server-${version}`);
  mkdirSync(folder);
  writeScript(join(folder, 'nats-server'), `${lines}\nexec "${path}" "$@"`);
  return cache;
}

/** A JAVA_HOME whose java is started after these lines of sh. `$last` is the last argument. */
export function javaHome(java: string, lines: string): string {
  const home = temporaryFolder();
  mkdirSync(join(home, 'bin'));
  writeScript(join(home, 'bin', 'java'), `for last; do :; done\n${lines}\nexec "${java}" "$@"`);
  return home;
}

function writeScript(file: string, text: string): void {
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
}
