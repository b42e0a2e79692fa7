/** The median and the largest extent; of an even number of extents, the lower of the two in the middle. */
import { expect, it } from 'vitest';
import { Extents } from '../../../src/checker/anomalies/extents.js';

function reordering(extents: readonly number[]) {
  const all = new Extents();
  for (const extent of extents) all.add(extent, Math.ceil(extent / 2));
  return all.reordering();
}

it('knows nothing without regressions', () => {
  expect(reordering([])).toEqual({ extentP50: null, extentMax: null, resequencerDepth: null });
});

it('takes the lower median, the maximum, and the greatest depth', () => {
  expect(reordering([4])).toEqual({ extentP50: 4, extentMax: 4, resequencerDepth: 2 });
  expect(reordering([9, 1, 2, 1])).toEqual({ extentP50: 1, extentMax: 9, resequencerDepth: 5 });
  expect(reordering([10, 9, 2])).toEqual({ extentP50: 9, extentMax: 10, resequencerDepth: 5 });
});
