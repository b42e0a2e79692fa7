/** What a run says on standard error while its private server is started. */
import { expect, it } from 'vitest';
import { runCli } from '../cli/cli-process.js';
import { cacheWithNats } from './limited-servers.js';
import { describeOnNewestNats } from './servers.js';

const run = ['run', '--broker', 'nats', '--mode', 'single', '--topics', '1', '--aggregates', '4', '--versions', '5'];

describeOnNewestNats('a run on a private server', (binary) => {
  it('says first which server it starts, unless it is told to be quiet', async () => {
    const env = { EVENTBUS_BENCH_BROKERS: cacheWithNats(binary, '') };
    const line = `starting a private nats-server ${binary.version} …`;
    const loud = await runCli(run, { env });
    expect(loud.exitCode, loud.stderr).toBe(0);
    expect(loud.stderr.split('\n')[0]).toBe(line);
    for (const flag of ['--quiet', '--no-progress']) {
      expect((await runCli([...run, flag], { env })).stderr).not.toContain('starting');
    }
  });
});
