import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cachedServerBinaries, serverBinaryOnPath } from '../../../../src/broker/nats/private/server-binary.js';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'eventbus-bench-test-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const name = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';

function binaryIn(subfolder: string, text = '', mode = 0o755): string {
  mkdirSync(join(folder, subfolder), { recursive: true });
  const file = join(folder, subfolder, name);
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

describe('server binaries', () => {
  it('are taken from the cache, newest first, by the names of the folders', () => {
    const old = binaryIn('nats-server-2.9.10');
    const current = binaryIn('nats-server-2.15.2');
    binaryIn('nats-server-2.99.0', '', 0o644);
    binaryIn('kafka-3.9.0');
    mkdirSync(join(folder, 'nats-server-3.0.0'));
    expect(cachedServerBinaries([folder])).toEqual([
      { path: current, version: '2.15.2', source: 'cache' },
      { path: old, version: '2.9.10', source: 'cache' },
    ]);
  });

  it('are none where there is no cache', () => {
    expect(cachedServerBinaries([join(folder, 'nowhere')])).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('are found on the PATH by the version that they tell', () => {
    binaryIn('a', '#!/bin/sh\nexit 1\n');
    const path = binaryIn('b', '#!/bin/sh\necho "nats-server: v2.12.1"\n');
    binaryIn('c', '#!/bin/sh\necho "nats-server: v2.13.0"\n');
    const searched = ['nowhere', 'a', 'b', 'c'].map((entry) => join(folder, entry)).join(delimiter);
    expect(serverBinaryOnPath(searched)).toEqual({ path, version: '2.12.1', source: 'path' });
    expect(serverBinaryOnPath('')).toBeNull();
  });
});
