/** How far back regressions reach, as the page shows it: the figures of all of them, the spread of those told. */
import { describe, expect, it } from 'vitest';
import { extentsOf } from '../../../src/report/page/extents.js';
import { counts, example, finding, violatedRow } from '../fixtures.js';

const examplesOf = (extents: readonly number[]): ReturnType<typeof example>[] =>
  extents.map((extent) => {
    const made = example(3, 3 + extent, 'deliver');
    return { ...made, witness: { ...made.witness, extent } };
  });

function rowWith(extents: readonly number[]): ReturnType<typeof violatedRow> {
  return violatedRow('multi/shared#1', {
    counts: counts({ regressions: 9 }),
    reordering: { extentP50: 2, extentMax: 120, resequencerDepth: 7 },
    aggregates: [finding('agg-1', { examples: examplesOf(extents) })],
  });
}

describe('the extents of a row', () => {
  it('have a bin for each number of places, where there are few', () => {
    const extents = extentsOf(rowWith([1, 1, 3]));
    expect(extents).toMatchObject({ p50: 2, max: 120, depth: 7, told: 3, regressions: 9 });
    expect(extents!.places).toEqual([
      { from: 1, to: 1, count: 2 },
      { from: 2, to: 2, count: 0 },
      { from: 3, to: 3, count: 1 },
    ]);
    expect(extents!.versions).toEqual(extents!.places);
  });

  it('have at most 30 bins, in which nothing is lost', () => {
    const { places } = extentsOf(rowWith([1, 4, 5, 119, 120]))!;
    expect(places.length).toBeLessThanOrEqual(30);
    expect(places.filter(({ count }) => count > 0)).toEqual([
      { from: 1, to: 4, count: 2 },
      { from: 5, to: 8, count: 1 },
      { from: 117, to: 120, count: 2 },
    ]);
  });

  it('are not there where nothing regressed', () => {
    const reordering = { extentP50: null, extentMax: null, resequencerDepth: null };
    expect(extentsOf(violatedRow('multi/shared#1', { reordering }))).toBeNull();
  });
});
