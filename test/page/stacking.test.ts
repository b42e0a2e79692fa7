/** The rows on which marks of one track stand. */
import { describe, expect, it } from 'vitest';
import { markWidth, rowsMax, rowsOf } from '../../page/timeline/stacking.js';

const marksAt = (...places: number[]) => places.map((x) => ({ x, isOfPair: false }));

describe('rowsOf', () => {
  it('leaves marks that are far enough apart on the first row', () => {
    expect(rowsOf(marksAt(0, markWidth, 2 * markWidth))).toEqual([0, 0, 0]);
  });

  it('puts a mark that would cover another on a row below, and the next free one back on the first', () => {
    expect(rowsOf(marksAt(0, 5, 10, markWidth))).toEqual([0, 1, 2, 0]);
  });

  it('finds room for the pair before the events that came earlier', () => {
    expect(rowsOf([...marksAt(0, 1), { x: 2, isOfPair: true }])).toEqual([1, 2, 0]);
  });

  it('has no room for more than a few at the same moment', () => {
    const rows = rowsOf(marksAt(...Array.from({ length: rowsMax + 2 }, () => 7)));
    expect(rows).toEqual([...Array.from({ length: rowsMax }, (_, row) => row), null, null]);
  });
});
