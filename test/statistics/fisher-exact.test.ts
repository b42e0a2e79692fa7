/** Fisher's exact test against published and hand-counted tables. */
import { describe, expect, it } from 'vitest';
import { fisherExact } from '../../src/statistics/fisher-exact.js';

const p = (a: number, ofA: number, b: number, ofB: number): number =>
  fisherExact({ hits: a, of: ofA }, { hits: b, of: ofB });

describe("Fisher's exact test", () => {
  it('gives the p-value of the lady who tasted tea: 3 of 4 against 1 of 4 cups', () => {
    expect(p(3, 4, 1, 4)).toBeCloseTo(34 / 70, 10);
    expect(p(4, 4, 0, 4)).toBeCloseTo(2 / 70, 10);
  });

  it('gives that of samples of different sizes, as counted by hand: 2 of 2 against 1 of 5', () => {
    // Of the 35 ways to place three hits among seven, 5 have two among the first two; 20 have one, and 10 none.
    expect(p(2, 2, 1, 5)).toBeCloseTo(5 / 35, 10);
  });

  it('cannot tell one run from another, whatever came of them', () => {
    expect(p(1, 1, 0, 1)).toBe(1);
  });

  it('needs four runs a side to tell all from none at 5 %', () => {
    expect(p(3, 3, 0, 3)).toBeGreaterThan(0.05);
    expect(p(4, 4, 0, 4)).toBeLessThan(0.05);
  });

  it('is 1 for equal shares, the same both ways, and right for a thousand runs', () => {
    expect(p(2, 5, 2, 5)).toBe(1);
    expect(p(0, 5, 0, 7)).toBe(1);
    expect(p(7, 9, 2, 12)).toBeCloseTo(p(2, 12, 7, 9), 12);
    expect(p(10, 1000, 30, 1000)).toBeCloseTo(0.0022, 3);
  });

  it('refuses what is no share', () => {
    expect(() => p(2, 1, 0, 1)).toThrow('2 of 1 is no share');
    expect(() => p(0.5, 1, 0, 1)).toThrow(RangeError);
  });
});
