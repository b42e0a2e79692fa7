/** The ratio of two sets of measurements with its 95 % interval, by Student's t on the logarithms. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ratioInterval } from '../../src/statistics/ratio-interval.js';

const measured = fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 8 });

describe('the interval of a ratio', () => {
  it('is Welch’s on the logarithms', () => {
    // Means of the logs: ln 2 and ln 4; both variances (ln 2)², so that the standard error is ln 2 × √(2/3), with 4
    // degrees of freedom, at which t is 2.776445.
    const { ratio, low95, high95 } = ratioInterval([1, 2, 4], [2, 4, 8], { paired: false })!;
    const half = 2.776445 * Math.LN2 * Math.sqrt(2 / 3);
    expect(ratio).toBeCloseTo(2, 12);
    expect(Math.log(low95)).toBeCloseTo(Math.LN2 - half, 5);
    expect(Math.log(high95)).toBeCloseTo(Math.LN2 + half, 5);
  });

  it('gives each side its own variance: a steady side leaves the degrees of freedom of the other', () => {
    // The baseline does not vary, so 2 degrees of freedom are left: t is 4.302653, the standard error ln 2 / √3.
    const { low95 } = ratioInterval([3, 3, 3, 3, 3], [1, 2, 4], { paired: false })!;
    expect(Math.log(low95)).toBeCloseTo(Math.log(2 / 3) - (4.302653 * Math.LN2) / Math.sqrt(3), 5);
  });

  it('is far narrower in pairs where what disturbed one disturbed the other', () => {
    const [before, after] = [
      [100, 200, 400],
      [111, 219, 442],
    ];
    const pairs = ratioInterval(before, after, { paired: true })!;
    const apart = ratioInterval(before, after, { paired: false })!;
    expect(pairs.ratio).toBeCloseTo(apart.ratio, 12);
    expect(pairs.low95).toBeGreaterThan(1.07);
    expect(pairs.high95).toBeLessThan(1.14);
    expect(apart.low95).toBeLessThan(0.5);
  });

  it('is a point where nothing varies', () => {
    const { ratio, low95, high95 } = ratioInterval([5, 5], [10, 10], { paired: false })!;
    expect(ratio).toBeCloseTo(2, 12);
    expect([low95, high95]).toEqual([ratio, ratio]);
  });

  it('is not there for fewer than two values a side, or for one without a logarithm', () => {
    expect(ratioInterval([5], [10, 10], { paired: false })).toBeNull();
    expect(ratioInterval([5, 5], [10], { paired: false })).toBeNull();
    expect(ratioInterval([5, 0], [10, 10], { paired: false })).toBeNull();
    expect(ratioInterval([5, 5], [10, Infinity], { paired: true })).toBeNull();
  });

  it('cannot be had of pairs that are none', () => {
    expect(() => ratioInterval([1, 2], [1, 2, 3], { paired: true })).toThrow(RangeError);
  });

  it('holds the ratio, and turns round with the sides', () => {
    fc.assert(
      fc.property(measured, measured, (before, after) => {
        const there = ratioInterval(before, after, { paired: false })!;
        const back = ratioInterval(after, before, { paired: false })!;
        expect(there.low95).toBeLessThanOrEqual(there.ratio);
        expect(there.ratio).toBeLessThanOrEqual(there.high95);
        expect(Math.log(back.low95)).toBeCloseTo(-Math.log(there.high95), 6);
      }),
    );
  });

  it('covers the true ratio in 95 of 100 trials', () => {
    // A small generator of its own: the trial must be the same on every machine.
    let state = 12345;
    const uniform = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state + 0.5) / 2 ** 32;
    };
    const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    const trials = 4000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const before = Array.from({ length: 5 }, () => 100 * Math.exp(0.1 * normal()));
      const after = Array.from({ length: 5 }, () => 150 * Math.exp(0.2 * normal()));
      const { low95, high95 } = ratioInterval(before, after, { paired: false })!;
      if (low95 <= 1.5 && 1.5 <= high95) covered += 1;
    }
    expect(covered / trials).toBeGreaterThan(0.94);
    expect(covered / trials).toBeLessThan(0.962);
  });
});
