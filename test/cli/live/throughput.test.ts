/** What a row handled over its own time, in few buckets whatever it takes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Throughput } from '../../../src/cli/live/throughput.js';

describe('Throughput', () => {
  it('gives the events a second of each tenth of a second', () => {
    const throughput = new Throughput();
    throughput.add(10, 100);
    throughput.add(0, 100);
    throughput.add(30, 100);
    expect(throughput.perSecond()).toEqual([100, 0, 300]);
  });

  it('spreads what came in one message over the time since the last one', () => {
    const throughput = new Throughput();
    throughput.add(40, 400);
    expect(throughput.perSecond()).toEqual([100, 100, 100, 100]);
  });

  it('leaves out a bucket that has hardly begun, unless it is the only one', () => {
    const throughput = new Throughput();
    throughput.add(1, 10);
    expect(throughput.perSecond()).toEqual([100]);
    throughput.add(9, 90);
    throughput.add(7, 40);
    expect(throughput.perSecond()).toEqual([100]);
    throughput.add(0, 30);
    expect(throughput.perSecond()).toEqual([100, 100]);
  });

  it('loses no event, takes at most 120 buckets, and covers all of the time', () => {
    const messages = fc.array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 100_000 })), { minLength: 1 });
    fc.assert(
      fc.property(messages, (all) => {
        const throughput = new Throughput();
        for (const [handled, ms] of all) throughput.add(handled, ms);
        // So much that the last bucket is not left out, whatever the length of one is.
        throughput.add(0, 51_200_000);
        const perSecond = throughput.perSecond();
        const totalMs = all.reduce((sum, [, ms]) => sum + ms, 51_200_000);
        const lengths = [100, 200, 400, 800].concat(Array.from({ length: 20 }, (_, i) => 1600 * 2 ** i));
        const bucketMs = lengths.find((ms) => totalMs <= ms * 120)!;
        expect(perSecond.length).toBeLessThanOrEqual(120);
        const handled = perSecond.reduce((sum, rate, at) => {
          const ms = Math.min(bucketMs, totalMs - at * bucketMs);
          return sum + (rate * ms) / 1000;
        }, 0);
        expect(handled).toBeCloseTo(
          all.reduce((sum, [count]) => sum + count, 0),
          3,
        );
      }),
    );
  });
});
