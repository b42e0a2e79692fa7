/** Which versions were skipped and are still missing, and what skipped them. */
import { expect, it } from 'vitest';
import { MissingVersions } from '../../../src/checker/anomalies/missing-versions.js';

function skipped(): MissingVersions<string> {
  const missing = new MissingVersions<string>();
  missing.append(2, 4, 'by 5');
  missing.append(6, 6, 'by 7');
  missing.append(10, 1_000_000_000, 'by a billion');
  return missing;
}

it('knows what is missing and by whom', () => {
  const missing = skipped();
  expect([1, 2, 3, 4, 5, 6, 7, 9, 10, 500_000_000, 1_000_000_001].filter((version) => missing.has(version))).toEqual([
    2, 3, 4, 6, 10, 500_000_000,
  ]);
  expect(missing.size).toBe(3 + 1 + 999_999_991);
});

it('gives a version up once, from either end of a run or out of its middle', () => {
  const missing = skipped();
  expect([3, 2, 4, 6, 6, 5].map((version) => missing.take(version))).toEqual([
    ...['by 5', 'by 5', 'by 5', 'by 7', undefined, undefined],
  ]);
  expect([2, 3, 4, 6].some((version) => missing.has(version))).toBe(false);
  expect(missing.size).toBe(999_999_991);
});

it('lists what is missing within a range', () => {
  const missing = skipped();
  missing.take(3);
  expect(missing.within(3, 11)).toEqual([
    [4, 4],
    [6, 6],
    [10, 11],
  ]);
  expect(missing.within(7, 9)).toEqual([]);
});
