import { describe, expect, it } from 'vitest';
import { SeededPrng } from '../../src/runtime/seeded-prng.js';

const draws = (seed: number, label: string, count: number): number[] => {
  const prng = new SeededPrng(seed, label);
  return Array.from({ length: count }, () => prng.float());
};

describe('the seeded generator', () => {
  it('draws the same numbers for the same seed and label', () => {
    expect(draws(42, 'network', 100)).toEqual(draws(42, 'network', 100));
  });

  it('draws other numbers for another seed, and for another label', () => {
    expect(draws(42, 'network', 10)).not.toEqual(draws(43, 'network', 10));
    expect(draws(42, 'network', 10)).not.toEqual(draws(42, 'handler', 10));
  });

  it('stays on the numbers it has always drawn, so that old seeds keep their meaning', () => {
    const prng = new SeededPrng(42, 'network');
    expect(Array.from({ length: 4 }, () => prng.below(1_000_000))).toMatchInlineSnapshot(`
      [
        641100,
        621135,
        137725,
        577397,
      ]
    `);
  });

  it('spreads evenly over the unit interval', () => {
    const buckets = new Array<number>(10).fill(0);
    for (const draw of draws(7, 'spread', 100_000)) buckets[Math.floor(draw * 10)]!++;
    // 10,000 expected in each, standard deviation 95: five of these either way.
    for (const bucket of buckets) expect(Math.abs(bucket - 10_000)).toBeLessThan(475);
  });
});
