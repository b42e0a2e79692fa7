import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zipfShares } from '../../src/workload/zipf-shares.js';

const sum = (shares: Int32Array): number => shares.reduce((all, share) => all + share, 0);

describe('shares by Zipf’s law', () => {
  it('are even without skew', () => {
    expect([...zipfShares(500, 5, 0)]).toEqual([100, 100, 100, 100, 100]);
  });

  it('are in proportion to 1, 1/2, 1/3, … with a skew of 1', () => {
    expect([...zipfShares(1100, 3, 1)]).toEqual([600, 300, 200]);
  });

  it('are rounded by largest remainder', () => {
    // 10 × 6/11 = 5.45, 10 × 3/11 = 2.73, 10 × 2/11 = 1.82
    expect([...zipfShares(10, 3, 1)]).toEqual([5, 3, 2]);
  });

  it('leave no aggregate without an event, however steep', () => {
    expect([...zipfShares(20, 10, 10)]).toEqual([11, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('add up, fall, and are within one event of their quota where that is not less than one', () => {
    const inputs = fc.tuple(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 200 }),
      fc.double({ min: 0, max: 4, noNaN: true }),
    );
    fc.assert(
      fc.property(inputs, ([aggregates, versions, skew]) => {
        const shares = zipfShares(aggregates * versions, aggregates, skew);
        expect(sum(shares)).toBe(aggregates * versions);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(1);
        for (let i = 1; i < aggregates; i++) expect(shares[i]).toBeLessThanOrEqual(shares[i - 1]!);
        const shared = [...shares].filter((share) => share > 1);
        const events = shared.reduce((all, share) => all + share, 0);
        const weight = shared.reduce((all, _, i) => all + (i + 1) ** -skew, 0);
        // Those with exactly one may or may not have been at their quota, which moves the others' by less than one in all.
        for (const [i, share] of shared.entries()) {
          expect(Math.abs(share - (events * (i + 1) ** -skew) / weight)).toBeLessThan(2);
        }
      }),
    );
  });

  it('add up in the largest scenario there can be', () => {
    expect(sum(zipfShares(1_000_000_000, 1_000_000, 1.1))).toBe(1_000_000_000);
  });
});
