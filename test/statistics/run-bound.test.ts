/** The share of runs that may be violated at most after R ordered ones, and how many it takes: 1 − 0.05^(1/R). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atMostOfRuns, runsNeeded } from '../../src/statistics/run-bound.js';

const share = fc.double({ min: 0.001, max: 0.999, noNaN: true });

describe('the bound of runs', () => {
  it.each([
    [1, 0.95],
    [5, 0.4507],
    [10, 0.2589],
    [59, 0.0495],
    [300, 0.00994],
  ])('after %i ordered runs is %f', (ordered, bound) => {
    expect(atMostOfRuns(ordered)).toBeCloseTo(bound, 4);
  });

  it('is everything while there is no run, and wider for more confidence', () => {
    expect(atMostOfRuns(0)).toBe(1);
    expect(atMostOfRuns(59, 0.99)).toBeGreaterThan(atMostOfRuns(59));
  });

  it.each([
    [-1, 0.95],
    [2.5, 0.95],
    [Number.NaN, 0.95],
    [5, 0],
    [5, 1],
  ])('is refused for %f runs at a confidence of %f', (ordered, confidence) => {
    expect(() => atMostOfRuns(ordered, confidence)).toThrow(RangeError);
  });
});

describe('the number of runs needed', () => {
  it.each([
    [0.95, 0.05, 59],
    [0.95, 0.01, 299],
    [0.99, 0.05, 90],
    [0.95, 0.95, 1],
    [0.75, 0.5, 2],
    [0.999, 0.9, 3],
    [0.5, 0.9, 1],
  ])('at a confidence of %f within %f is %i', (confidence, within, runs) => {
    expect(runsNeeded(confidence, within)).toBe(runs);
  });

  it('is the fewest whose bound is that low', () => {
    fc.assert(
      fc.property(share, share, (confidence, within) => {
        const runs = runsNeeded(confidence, within);
        expect(atMostOfRuns(runs, confidence)).toBeLessThanOrEqual(within * (1 + 1e-6));
        if (runs > 1) expect(atMostOfRuns(runs - 1, confidence)).toBeGreaterThan(within * (1 - 1e-6));
      }),
    );
  });

  it.each([
    [1, 0.05],
    [0.95, 0],
    [0.95, 1],
    [Number.NaN, 0.05],
  ])('is refused at a confidence of %f within %f', (confidence, within) => {
    expect(() => runsNeeded(confidence, within)).toThrow(RangeError);
  });
});
