import { describe, expect, it } from 'vitest';
import { drive, versionsIn } from './drive.js';

const oneToTen = Array.from({ length: 10 }, (_, at) => at + 1);

describe.each(['retry-in-place', 'parallel-keys'])('the %s dispatcher, when handlings fail,', (strategy) => {
  it('handles no later version of an aggregate before the failing one, and settles every event once, with an ack', async () => {
    for (let seed = 0; seed < 20; seed++) {
      for (const workers of [1, 3, 16]) {
        const driven = await drive({ strategy, seed, workers, failShare: 0.3 });
        const where = `seed ${seed}, ${workers} workers: ${driven.log.join(', ')}`;
        for (let aggregate = 0; aggregate < 10; aggregate++) {
          expect(versionsIn(driven.done, aggregate), where).toEqual(oneToTen);
          const started = versionsIn(driven.started, aggregate);
          expect(started, where).toEqual([...started].sort((a, b) => a - b));
          expect(started.length, where).toBeGreaterThanOrEqual(10);
        }
        expect(driven.overlaps, where).toBe(0);
        expect([...driven.acks].sort(), where).toEqual([...driven.done].map((name) => `ack ${name}`).sort());
      }
    }
  });

  it('lets its lane go on with other aggregates meanwhile', async () => {
    const { log } = await drive({ strategy, seed: 3, workers: 1, failShare: 0.3 });
    const after = log.flatMap((entry, at) =>
      entry.startsWith('retried') ? [[entry, log.slice(at + 1)] as const] : [],
    );
    const passed = after.filter(([entry, rest]) => rest.find((next) => next.startsWith('start')) !== entry.replace('retried', 'start')); // prettier-ignore
    expect(passed.length).toBeGreaterThan(10);
  });

  it('reports what it has in hand as in progress before a third of its ack wait is over, however long it waits', async () => {
    for (let seed = 0; seed < 5; seed++) {
      const busy = { seed, workers: 1, failShare: 0.3, ackWaitMs: 30 };
      expect((await drive({ ...busy, strategy: 'keyed-pool', laneSize: 100 })).longestSilenceMs).toBeGreaterThan(100);
      const driven = await drive({ ...busy, strategy });
      expect(driven.durationMs, `seed ${seed}`).toBeGreaterThan(200);
      expect(driven.longestSilenceMs, `seed ${seed}`).toBeLessThan(10);
    }
  });

  it('tries again without end, but not beyond the end of the run', async () => {
    const { started, acks, durationMs } = await drive({
      strategy,
      seed: 1,
      workers: 2,
      failShare: 1,
      endsAtMs: 5_000,
      openForMs: 5_000,
      input: [[0, 1], [0, 2], [1, 1]], // prettier-ignore
    });
    expect(started.filter((name) => name === '0/1').length).toBeGreaterThan(8);
    expect(started.filter((name) => name === '0/2').length).toBeLessThan(2);
    expect([...acks].sort()).toEqual(['nak 0/1', 'nak 0/2', 'nak 1/1']);
    expect(durationMs).toBeLessThan(7_000);
  });
});
