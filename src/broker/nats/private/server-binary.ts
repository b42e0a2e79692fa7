/**
 * Finds a nats-server to be started here: in the broker caches (`nats-server-<version>/`, filled by `eventbus-bench
 * brokers`), newest first in each, then on the PATH.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { brokerCaches, foldersIn } from '../../private/broker-cache.js';
import { compareVersions } from '../connecting/server-version.js';

export interface ServerBinary {
  readonly path: string;
  readonly version: string;
  readonly source: 'cache' | 'path';
}

const executable = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';
const versionTimeoutMs = 5_000;

/** The binary that a private server is started from; null if there is none. */
export function findServerBinary(): ServerBinary | null {
  return cachedServerBinaries()[0] ?? serverBinaryOnPath();
}

/** What messages call a server that is started from it: `nats-server 2.15.2`. */
export function titleOf({ version }: ServerBinary): string {
  return `nats-server ${version}`;
}

/** Every binary in the broker caches, newest first in each. */
export function cachedServerBinaries(caches: readonly string[] = brokerCaches()): readonly ServerBinary[] {
  return caches.flatMap(binariesIn);
}

function binariesIn(cache: string): readonly ServerBinary[] {
  return foldersIn(cache)
    .flatMap((folder): ServerBinary[] => {
      const version = /^nats-server-v?(\d+\.\d+\.\d+\S*)$/.exec(folder)?.[1];
      const path = join(cache, folder, executable);
      return version !== undefined && isExecutable(path) ? [{ path, version, source: 'cache' }] : [];
    })
    .sort((a, b) => compareVersions(b.version, a.version));
}

/** The first binary on the PATH that tells its version; null if there is none. */
export function serverBinaryOnPath(path: string = process.env['PATH'] ?? ''): ServerBinary | null {
  for (const folder of path.split(delimiter).filter((entry) => entry !== '')) {
    const file = join(folder, executable);
    const version = isExecutable(file) ? serverVersion(file) : null;
    if (version !== null) return { path: file, version, source: 'path' };
  }
  return null;
}

/** The version that the binary prints, as in `nats-server: v2.12.0`; null if it prints none. */
export function serverVersion(file: string): string | null {
  const { stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: versionTimeoutMs, windowsHide: true });
  return /nats-server:?\s+v?(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1] ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
