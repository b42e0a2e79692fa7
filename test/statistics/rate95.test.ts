/** A share k/n with its 95 % interval: Wilson's, and for k = 0 the one-sided upper bound 1 − 0.05^(1/n). */
import { expect, it } from 'vitest';
import { rate95 } from '../../src/statistics/rate95.js';

it('knows nothing of no trials', () => {
  expect(rate95(0, 0)).toEqual({ value: null, low95: null, high95: null });
});

it('gives the rule of three for no successes', () => {
  const { value, low95, high95 } = rate95(0, 300);
  expect([value, low95]).toEqual([0, 0]);
  expect(high95).toBeCloseTo(0.00994, 5);
  expect(rate95(0, 1).high95).toBeCloseTo(0.95, 12);
});

it('gives Wilson’s interval otherwise', () => {
  // R: binom::binom.wilson(10, 100) and binom.wilson(1, 10)
  expect(rate95(10, 100).low95).toBeCloseTo(0.0552291, 6);
  expect(rate95(10, 100).high95).toBeCloseTo(0.1743657, 6);
  expect(rate95(1, 10).low95).toBeCloseTo(0.0178762, 6);
  expect(rate95(1, 10).high95).toBeCloseTo(0.404150, 6); // prettier-ignore
});

it('stays within 0 and 1', () => {
  const { low95, high95 } = rate95(7, 7);
  expect(high95).toBe(1);
  expect(low95).toBeGreaterThan(0.5);
});
