/** Ctrl-C at random moments of commands of every size on the simulator; those on servers are in test/brokers/. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawSeed } from '../run/drawn-runs.js';
import { runCli, temporaryFolder } from './cli-process.js';
import { expectInterrupted, moments } from './interrupted-moments.js';

/** With those on NATS and on Kafka fifty. */
const count = 34;
const drawsMax = 3 * count;

describe('Ctrl-C at random moments of commands on the simulator', () => {
  const stored = temporaryFolder();
  const files = { trace: join(stored, 'trace.ndjson'), report: join(stored, 'reports', 'latest.json') };

  beforeAll(async () => {
    const size = ['--aggregates', '2000', '--versions', '50', '--mode', 'multi'];
    const { exitCode, stderr } = await runCli(['run', ...size, '--trace', files.trace, '--quiet'], { cwd: stored });
    expect(exitCode, stderr).toBe(0);
  }, 120_000);

  it('ends it, with exit code 130, and says what was kept', async () => {
    const folder = temporaryFolder();
    const tookMs: number[] = [];
    // Small commands may be done before the signal comes.
    for (let nth = 0; tookMs.length < count && nth < drawsMax; nth++) {
      const moment = moments.simulatedMoment(drawSeed, nth, files);
      const ended = await expectInterrupted(moment, moments.emptied(folder), drawSeed);
      if (ended !== null) tookMs.push(ended.tookMs);
    }
    process.stdout.write(`EVENTBUS_BENCH_DRAW_SEED=${drawSeed}: ${moments.distributionOf(tookMs)}\n`);
    expect(tookMs).toHaveLength(count);
  }, 600_000);
});
