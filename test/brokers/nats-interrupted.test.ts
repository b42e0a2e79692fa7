/** Ctrl-C at random moments of runs on NATS, on a server that was named and on private ones. */
import { expect, it } from 'vitest';
import { temporaryFolder } from '../cli/cli-process.js';
import { expectInterrupted, moments } from '../cli/interrupted-moments.js';
import { expectNothingLeft } from '../cli/nothing-left.js';
import { drawSeed } from '../run/drawn-runs.js';
import { describeOnNewestNats, useServer } from './servers.js';

const count = 8;
const drawsMax = 3 * count;

describeOnNewestNats('Ctrl-C at random moments of runs on NATS', (binary) => {
  const server = useServer(binary);

  it('ends them, with exit code 130, says what was kept, and leaves nothing behind', async () => {
    const folder = temporaryFolder();
    const tookMs: number[] = [];
    // Small runs may be done before the signal comes.
    for (let nth = 0; tookMs.length < count && nth < drawsMax; nth++) {
      const named = nth % 2 === 0 ? ['--nats-url', server().url] : [];
      const moment = moments.serverMoment(drawSeed, nth, 'nats', named);
      const ended = await expectInterrupted(moment, moments.emptied(folder), drawSeed);
      if (ended === null) continue;
      tookMs.push(ended.tookMs);
      await expectNothingLeft(['--nats-url', server().url], ended, moments.repeatedBy(moment));
    }
    expect(tookMs).toHaveLength(count);
    process.stdout.write(`EVENTBUS_BENCH_DRAW_SEED=${drawSeed}: ${moments.distributionOf(tookMs)}\n`);
  }, 300_000);
});
