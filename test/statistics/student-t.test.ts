/** Quantiles of Student's t against the published table (critical values, three places). */
import { describe, expect, it } from 'vitest';
import { studentTQuantile } from '../../src/statistics/student-t.js';

describe('the quantile of Student’s t', () => {
  it.each([
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 3, 3.182],
    [0.975, 4, 2.776],
    [0.975, 5, 2.571],
    [0.975, 10, 2.228],
    [0.975, 30, 2.042],
    [0.975, 120, 1.98],
    [0.95, 7, 1.895],
    [0.995, 2, 9.925],
  ])('at %f with %i degrees of freedom is %f', (probability, freedom, expected) => {
    expect(studentTQuantile(probability, freedom)).toBeCloseTo(expected, 3);
  });

  it('comes down to the normal distribution’s', () => {
    expect(studentTQuantile(0.975, 1e6)).toBeCloseTo(1.95996, 4);
  });

  it('is symmetric, and lies between its neighbours where the degrees of freedom are not whole', () => {
    expect(studentTQuantile(0.025, 4)).toBeCloseTo(-2.776, 3);
    expect(studentTQuantile(0.975, 4.5)).toBeLessThan(studentTQuantile(0.975, 4));
    expect(studentTQuantile(0.975, 4.5)).toBeGreaterThan(studentTQuantile(0.975, 5));
  });

  it.each([
    [0, 4],
    [1, 4],
    [Number.NaN, 4],
    [0.975, 0],
    [0.975, Number.NaN],
  ])('is refused at %f with %f degrees of freedom', (probability, freedom) => {
    expect(() => studentTQuantile(probability, freedom)).toThrow(RangeError);
  });
});
