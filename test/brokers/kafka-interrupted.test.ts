/** Ctrl-C at random moments of runs on Kafka, on a cluster that was named and on private ones. */
import { expect, it } from 'vitest';
import { temporaryFolder } from '../cli/cli-process.js';
import { expectInterrupted, moments } from '../cli/interrupted-moments.js';
import { expectNothingLeft } from '../cli/nothing-left.js';
import { drawSeed } from '../run/drawn-runs.js';
import { describeOnKafka, useKafka } from './kafka-servers.js';

const count = 8;
const drawsMax = 3 * count;

describeOnKafka('Ctrl-C at random moments of runs on Kafka', () => {
  const kafka = useKafka();

  it('ends them, with exit code 130, says what was kept, and leaves nothing behind', async () => {
    const folder = temporaryFolder();
    const tookMs: number[] = [];
    // Small runs may be done before the signal comes.
    for (let nth = 0; tookMs.length < count && nth < drawsMax; nth++) {
      const named = nth % 2 === 0 ? ['--kafka-brokers', kafka().brokers.join(',')] : [];
      const moment = moments.serverMoment(drawSeed, nth, 'kafka', named);
      const ended = await expectInterrupted(moment, moments.emptied(folder), drawSeed);
      if (ended === null) continue;
      tookMs.push(ended.tookMs);
      await expectNothingLeft(['--kafka-brokers', kafka().brokers.join(',')], ended, moments.repeatedBy(moment));
    }
    expect(tookMs).toHaveLength(count);
    process.stdout.write(`EVENTBUS_BENCH_DRAW_SEED=${drawSeed}: ${moments.distributionOf(tookMs)}\n`);
  }, 300_000);
});
