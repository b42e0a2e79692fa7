/** Whether rows came out differently, and whether that is more than chance. */
import { describe, expect, it } from 'vitest';
import { outcomeDifference } from '../../../src/gate/difference/outcome-difference.js';
import { repeats } from './difference-fixtures.js';

const changeOf = (
  [violatedA, runsA]: readonly [number, number],
  [violatedB, runsB]: readonly [number, number],
  basis: 'exact' | 'sampled' = 'sampled',
): string => outcomeDifference(repeats(runsA, violatedA), repeats(runsB, violatedB), basis).change;

describe('the outcome of a row', () => {
  it('is the same for equal shares of runs', () => {
    expect(changeOf([0, 3], [0, 8])).toBe('same');
    expect(changeOf([1, 2], [2, 4])).toBe('same');
  });

  it('differs exactly where load and seeds are the same', () => {
    expect(changeOf([1, 1], [0, 1], 'exact')).toBe('exact');
  });

  it('is not shown to differ by one run, nor by two violated ones of five against none', () => {
    expect(changeOf([1, 1], [0, 1])).toBe('unproven');
    expect(changeOf([2, 5], [0, 5])).toBe('unproven');
  });

  it('is shown to differ if all of five runs are violated, and then none', () => {
    expect(changeOf([5, 5], [0, 5])).toBe('shown');
    expect(changeOf([0, 5], [5, 5])).toBe('shown');
  });

  it('is the worst of its runs, of which those are counted that an error ended', () => {
    const error = { code: 'x', message: 'x', wayOut: 'x' };
    const ended = repeats(1, 0, { outcome: 'inconclusive', error });
    expect(outcomeDifference(ended, repeats(3, 1), 'sampled')).toMatchObject({
      a: { worst: 'inconclusive', runs: 1, inconclusive: 1, failed: 1 },
      b: { worst: 'violated', runs: 3, violated: 1, ordered: 2, failed: 0 },
    });
  });
});
