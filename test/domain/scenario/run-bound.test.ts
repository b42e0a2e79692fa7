/** How many ordered runs a confidence takes, and what so many of them bound. */
import { describe, expect, it } from 'vitest';
import { mostRunsLosingOrder, orderedRunsFor } from '../../../src/domain/scenario/run-bound.js';

describe('the number of ordered runs', () => {
  it('is 59 for 95 % and 5 %, and 299 for 1 %', () => {
    expect(orderedRunsFor(0.95, 0.05)).toBe(59);
    expect(orderedRunsFor(0.95, 0.01)).toBe(299);
    expect(orderedRunsFor(0.99, 0.05)).toBe(90);
  });

  it('is not one more where the quotient is whole but for rounding', () => {
    // ln(1 − 0.999) / ln(1 − 0.9) is 3, and a little more as doubles have it.
    expect(orderedRunsFor(0.999, 0.9)).toBe(3);
    expect(orderedRunsFor(0.75, 0.5)).toBe(2);
  });

  it('is at least one', () => {
    expect(orderedRunsFor(0.01, 0.99)).toBe(1);
  });
});

describe('what ordered runs bound', () => {
  it('is 95 % for one, 45 % for five and 5 % for 59', () => {
    expect(mostRunsLosingOrder(1)).toBeCloseTo(0.95, 10);
    expect(mostRunsLosingOrder(5)).toBeCloseTo(0.4507, 4);
    expect(mostRunsLosingOrder(59)).toBeCloseTo(0.0495, 4);
  });

  it('is never more than what was asked for after as many runs as that takes', () => {
    for (const confidence of [0.5, 0.9, 0.95, 0.99]) {
      for (const within of [0.003, 0.01, 0.05, 0.3, 0.9]) {
        expect(mostRunsLosingOrder(orderedRunsFor(confidence, within), confidence)).toBeLessThanOrEqual(within + 1e-9);
      }
    }
  });
});
