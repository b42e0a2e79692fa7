/** What a run says, and what it leaves, when its private nats-server is killed while it goes on. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../cli/cli-process.js';
import { describeOnNewestNats } from './servers.js';
import { killServerOf, startOnPrivateServer } from './private-run.js';

const isLinux = process.platform === 'linux';

describeOnNewestNats('a run whose private server is killed', () => {
  it.skipIf(!isLinux)('ends at once with 69, says by what it was killed, and keeps its log alone', async () => {
    const folder = temporaryFolder();
    const run = startOnPrivateServer('nats', folder);
    await killServerOf(run, 'server.conf');
    const { exitCode, stderr } = await run.ended;
    expect(exitCode, stderr).toBe(69);
    expect(stderr).toMatch(/the private nats-server .* ended in the middle of the run: it was killed by SIGKILL/);
    expect(stderr).toContain('the last that it said: Server is ready');
    const [log = '', ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    expect(log).toMatch(/^eventbus-bench-nats-\w+\.log$/);
    expect(stderr).toContain(`its log was kept in ${join(folder, log)}`);
    expect(readFileSync(join(folder, log), 'utf8')).toMatch(/Server is ready[^]* it was killed by SIGKILL\n$/);
    expect(existsSync(join(folder, basename(log, '.log')))).toBe(false);
  });
});
