/** Numbers as people read them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatBound,
  formatCount,
  formatDuration,
  formatFactor,
  formatMs,
  formatPercent,
  formatRate,
  formatShare,
  formatShort,
  plural,
  shareOf,
} from '../../src/text/numbers.js';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1234567, '1,234,567'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('writes the count %s as %s', (value, text) => expect(formatCount(value)).toBe(text));

  it.each([
    [999, '999'],
    [1000, '1k'],
    [1234, '1.2k'],
    [99_949, '99.9k'],
    [99_950, '100k'],
    [999_499, '999k'],
    [999_500, '1M'],
    [12_345_678, '12.3M'],
    [9.9e23, '1e+24'],
  ])('shortens %s to %s', (value, text) => expect(formatShort(value)).toBe(text));

  it.each([
    [0, '0'],
    [0.0001, '<0.01'],
    [0.5, '0.50'],
    [0.999, '1.0'],
    [12.34, '12.3'],
    [99.94, '99.9'],
    [99.96, '100'],
    [12345.6, '12,346'],
    [null, '–'],
  ])('writes %s ms as %s', (value, text) => expect(formatMs(value)).toBe(text));

  it.each([
    [0, '0'],
    [0.04, '<0.1'],
    [9.94, '9.9'],
    [4950.1, '4,950'],
    [null, '–'],
  ])('writes the rate %s as %s', (value, text) => expect(formatRate(value)).toBe(text));

  it.each([
    [0, '0 %'],
    [0.000001, '<0.001 %'],
    [0.00005, '0.005 %'],
    [0.000622, '0.06 %'],
    [0.0104, '1.0 %'],
    [0.0862, '8.6 %'],
    [0.8026, '80 %'],
    [0.9999, '>99 %'],
    [1, '100 %'],
    [null, '–'],
  ])('writes the share %s as %s', (value, text) => expect(formatShare(value)).toBe(text));

  it('never calls something nothing, nor nearly all all', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        expect(formatShare(share) === '0 %').toBe(share === 0);
        expect(formatShare(share) === '100 %').toBe(share === 1);
      }),
    );
  });

  it.each([
    [0.05, '5 %', '5 %'],
    [0.7763932, '78 %', '78 %'],
    [0.00025, '0.025 %', '0.025 %'],
    [0.9991, '100 %', '99.91 %'],
  ])('writes %s to two digits as %s, and as a bound %s', (share, percent, bound) => {
    expect([formatPercent(share), formatBound(share)]).toEqual([percent, bound]);
  });

  it.each([
    [0.0532, '0.053'],
    [1.05, '1.05'],
    [36.26, '36.3'],
    [1234, '1,230'],
  ])('writes the factor %s as %s', (factor, text) => expect(formatFactor(factor)).toBe(text));

  it.each([
    [850, '850 ms'],
    [12_340, '12.3 s'],
    [245_000, '4 min 5 s'],
    [59_960, '1 min 0 s'],
    [7_800_000, '2 h 10 min'],
  ])('writes the duration %s as %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

  it('knows one from many, and no share of nothing', () => {
    expect([plural(1, 'event'), plural(0, 'event'), plural(1234, 'event')]).toEqual([
      '1 event',
      '0 events',
      '1,234 events',
    ]);
    expect([shareOf(1, 4), shareOf(0, 0)]).toEqual([0.25, null]);
  });
});
