/** The rate over repeats, whose interval takes the run as its unit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterRate95, type RunCount } from '../../src/statistics/cluster-rate.js';
import { rate95 } from '../../src/statistics/rate95.js';

const runsOf = (...counts: [events: number, of: number][]): RunCount[] =>
  counts.map(([events, of]) => ({ events, of }));

const count = fc
  .integer({ min: 1, max: 500 })
  .chain((of) => fc.integer({ min: 0, max: of }).map((events): RunCount => ({ events, of })));

describe('the rate over repeats', () => {
  it('is the sum of events by the sum of what could have been one, not the mean of the runs’ rates', () => {
    expect(clusterRate95(runsOf([1, 1], [0, 9])).value).toBe(0.1);
  });

  it('is unknown where no run had anything to count', () => {
    expect(clusterRate95([])).toEqual({ value: null, low95: null, high95: null });
    expect(clusterRate95(runsOf([0, 0], [0, 0], [0, 0], [0, 0], [0, 0])).value).toBeNull();
  });

  it('has Student’s interval on the log odds, with the variance of a ratio between runs', () => {
    // By hand: Σd² = (0−1)² + (2−2)² + (4−1)² + (1−1)² + (3−5)² = 14, so the error is √(5/4 × 14)/100; t is 2.776445.
    const { value, low95, high95 } = clusterRate95(runsOf([0, 10], [2, 20], [4, 10], [1, 10], [3, 50]));
    expect(value).toBeCloseTo(0.1, 12);
    expect(low95).toBeCloseTo(0.029663, 6);
    expect(high95).toBeCloseTo(0.287675, 6);
  });

  it('has no interval over fewer than five runs, and none that had nothing to count is one of the five', () => {
    const four = runsOf([0, 10], [2, 20], [4, 10], [1, 10]);
    expect(clusterRate95(four)).toEqual({ value: 0.14, low95: null, high95: null });
    expect(clusterRate95([...four, { events: 0, of: 0 }])).toEqual(clusterRate95(four));
    expect(clusterRate95([...four, { events: 1, of: 9 }]).low95).not.toBeNull();
  });

  it('has no interval where all runs have the very same rate: none, all, or three in ten', () => {
    const alike = (events: number): RunCount[] => Array.from({ length: 8 }, () => ({ events, of: 10 }));
    expect(clusterRate95(alike(0))).toEqual({ value: 0, low95: null, high95: null });
    expect(clusterRate95(alike(10))).toEqual({ value: 1, low95: null, high95: null });
    expect(clusterRate95(alike(3))).toEqual({ value: 0.3, low95: null, high95: null });
  });

  it('is as wide as one over pairs where runs are alike, and far wider where a run stands or falls as a whole', () => {
    const widthOf = ({ low95, high95 }: { low95: number | null; high95: number | null }): number => high95! - low95!;
    const steady = runsOf(...Array.from({ length: 40 }, (_, at): [number, number] => [at % 2 === 0 ? 17 : 23, 100]));
    const lumpy = runsOf(...Array.from({ length: 40 }, (_, at): [number, number] => [at % 5 === 0 ? 100 : 0, 100]));
    const pairs = widthOf(rate95(800, 4000));
    expect(widthOf(clusterRate95(steady)) / pairs).toBeCloseTo(0.8, 1);
    expect(widthOf(clusterRate95(lumpy)) / pairs).toBeGreaterThan(9);
  });

  it('lies within 0 and 1, holds the rate, and does not depend on the order of the runs', () => {
    fc.assert(
      fc.property(fc.array(count, { minLength: 5, maxLength: 30 }), (runs) => {
        const { value, low95, high95 } = clusterRate95(runs);
        if (low95 === null) return;
        expect(low95).toBeGreaterThanOrEqual(0);
        expect(low95).toBeLessThanOrEqual(value!);
        expect(high95).toBeGreaterThanOrEqual(value!);
        expect(high95).toBeLessThanOrEqual(1);
        expect(clusterRate95([...runs].reverse()).high95).toBeCloseTo(high95!, 9);
      }),
    );
  });

  it('turns round with what is counted', () => {
    const runs = runsOf([0, 10], [2, 20], [4, 10], [1, 10], [3, 50]);
    const others = clusterRate95(runs.map(({ events, of }) => ({ events: of - events, of })));
    expect(others.low95).toBeCloseTo(1 - clusterRate95(runs).high95!, 12);
  });

  it('is refused for more events than there could be', () => {
    expect(() => clusterRate95(runsOf([11, 10]))).toThrow(RangeError);
    expect(() => clusterRate95(runsOf([-1, 10]))).toThrow(RangeError);
  });
});
