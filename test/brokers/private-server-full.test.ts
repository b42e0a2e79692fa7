/** What a run says, and how soon it ends, when the private nats-server has no room left for the events. */
import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli, temporaryFolder } from '../cli/cli-process.js';
import type { CliResult } from '../cli/cli-process.js';
import { itWhere } from './it-where.js';
import { cacheWithNats } from './limited-servers.js';
import { describeOnNewestNats } from './servers.js';
import { mountRefused, smallFolder } from './small-file-system.js';

const isWindows = process.platform === 'win32';
const run = ['run', '--broker', 'nats', '--mode', 'single', '--topics', '3', '--aggregates', '60', '--versions', '40'];

/** Ends with 69, and says what the server said, where, and the way out. */
function expectFull({ exitCode, stdout, stderr }: CliResult, said: RegExp, folder: string): void {
  expect(exitCode, stderr).toBe(69);
  expect(stderr).toMatch(said);
  expect(stderr).toContain('refused to store events');
  expect(stderr).toContain(`its store is in ${join(folder, 'eventbus-bench-nats-')}`);
  expect(stderr).toContain('TMPDIR=/path');
  expect(stderr).toContain('--aggregates');
  expect(stdout).not.toContain('ordered');
}

describeOnNewestNats('a run whose private server has no room left', (binary) => {
  it.skipIf(isWindows)('ends when the system refuses a write of the server', async () => {
    const folder = temporaryFolder();
    const env = { EVENTBUS_BENCH_BROKERS: cacheWithNats(binary, 'ulimit -f 64'), TMPDIR: folder };
    const result = await runCli(run, { env });
    expectFull(result, /file too large/i, folder);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(isWindows)('ends when the server refuses an event by its own limit', async () => {
    const folder = temporaryFolder();
    // The limit is for the whole store, 32 kB.
    const limit = String.raw`sed -i.old 's/jetstream { /jetstream { max_file_store: 32768, /' "$2"`;
    const result = await runCli(run, {
      env: { EVENTBUS_BENCH_BROKERS: cacheWithNats(binary, limit), TMPDIR: folder },
    });
    expectFull(result, /insufficient resources|resource limits exceeded/, folder);
  });

  itWhere(mountRefused === null, 'ends on a full disk, a file system of 64 kB', async () => {
    const folder = smallFolder('64k');
    const env = { EVENTBUS_BENCH_BROKERS: cacheWithNats(binary, ''), TMPDIR: folder };
    const result = await runCli(run, { env });
    expectFull(result, /no space left|insufficient resources|resource limits exceeded/i, folder);
    expect(result.stderr).toMatch(/where \d+ of 64 kB are free/);
  });
});

describeOnNewestNats('a private server whose folder cannot be made', () => {
  it('is refused with the folder, why, and the variable that names another', async () => {
    const missing = join(temporaryFolder(), 'gone');
    const { exitCode, stderr } = await runCli(run, { env: { TMPDIR: missing } });
    expect(exitCode).toBe(69);
    expect(stderr).toMatch(/a private nats-server .* could not be started: its folder cannot be made in .*gone/);
    expect(stderr).toContain('ENOENT');
    expect(stderr).toContain('TMPDIR=/path');
    expect(stderr).not.toContain('brokers');
  });

  itWhere(!isWindows && process.getuid?.() !== 0, 'is refused where the folder may not be written to', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    const { exitCode, stderr } = await runCli(run, { env: { TMPDIR: folder } });
    expect(exitCode).toBe(69);
    expect(stderr).toContain('EACCES');
  });
});
