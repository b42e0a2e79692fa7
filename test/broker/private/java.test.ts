import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findJava } from '../../../src/broker/private/java.js';

describe.skipIf(process.platform === 'win32')('findJava', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', { kind: 'usable', version: 17 }],
    ['java version "21" 2023-09-19 LTS', { kind: 'usable', version: 21 }],
    ['openjdk version "11.0.22" 2024-01-16', { kind: 'too old', version: 11 }],
    ['java version "1.8.0_392"', { kind: 'too old', version: 8 }],
    ['no idea', { kind: 'missing' }],
  ])('understands %s', (said, state) => {
    const home = mkdtempSync(join(tmpdir(), 'eventbus-bench-test-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const path = join(home, 'bin', 'java');
    mkdirSync(join(home, 'bin'));
    writeFileSync(path, `#!/bin/sh\necho '${said}' >&2\n`, { mode: 0o755 });
    expect(findJava(home)).toEqual({ ...state, path });
  });

  it('says where it looked if there is none', () => {
    expect(findJava('/no/such/java')).toEqual({ kind: 'missing', path: join('/no/such/java', 'bin', 'java') });
  });
});
