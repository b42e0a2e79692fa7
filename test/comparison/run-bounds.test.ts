import { describe, expect, it } from 'vitest';
import { atMostOfRuns, clusterRate95 } from '../../src/comparison/run-bounds.js';

describe('what ordered runs are worth', () => {
  it.each([
    [1, 0.95],
    [5, 0.4507],
    [59, 0.0495],
  ])('%i of them say that at most %f of runs are violated', (ordered, share) => {
    expect(atMostOfRuns(ordered)).toBeCloseTo(share, 4);
  });

  it('is nothing where there are none', () => {
    expect(atMostOfRuns(0)).toBeNull();
  });
});

describe('a rate over repeats', () => {
  it('has an interval by how runs differ, whatever number of pairs they have', () => {
    const shares = [2, 4, 6, 8, 10];
    const few = clusterRate95(shares.map((events) => ({ events, of: 100 })));
    const many = clusterRate95(shares.map((events) => ({ events: events * 1000, of: 100_000 })));
    // By hand: mean 0.06, sample deviation sqrt(0.001), error 0.01414, t(0.975, 4) = 2.7764.
    expect(few.value).toBeCloseTo(0.06, 10);
    expect(few.low95).toBeCloseTo(0.06 - 2.7764 * 0.014142, 4);
    expect(few.high95).toBeCloseTo(0.06 + 2.7764 * 0.014142, 4);
    expect(many.low95).toBeCloseTo(few.low95!, 10);
  });

  it('has no bounds of fewer than five runs, and none where nothing happened', () => {
    const four = [1, 2, 3, 4].map((events) => ({ events, of: 100 }));
    expect(clusterRate95(four)).toEqual({ value: 0.025, low95: null, high95: null });
    expect(clusterRate95(Array.from({ length: 9 }, () => ({ events: 0, of: 100 })))).toEqual({
      value: 0,
      low95: null,
      high95: null,
    });
    expect(clusterRate95([])).toEqual({ value: null, low95: null, high95: null });
  });
});
