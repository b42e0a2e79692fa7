/**
 * Keeps the marks of a track apart without moving them in time: where two would cover each other, one of them stands on
 * a row below. A track has few rows; a mark that finds no room on any has no version in it, and stands on the first.
 */

/** Pixels from mark to mark of the same row, so that both can be read. */
export const markWidth = 20;
/** Rows of a track, at most. */
export const rowsMax = 5;

export interface Standing {
  readonly x: number;
  /** Those of the inverted pair find their room before all others. */
  readonly isOfPair: boolean;
}

/** @returns of each mark the row, from 0 on; null: there is no room for it */
export function rowsOf(marks: readonly Standing[]): (number | null)[] {
  const taken: number[][] = Array.from({ length: rowsMax }, () => []);
  const rows = new Map<Standing, number>();
  const order = [...marks].sort((a, b) => Number(b.isOfPair) - Number(a.isOfPair) || a.x - b.x);
  for (const mark of order) {
    const row = taken.findIndex((places) => places.every((x) => Math.abs(x - mark.x) >= markWidth));
    if (row === -1) continue;
    taken[row]!.push(mark.x);
    rows.set(mark, row);
  }
  return marks.map((mark) => rows.get(mark) ?? null);
}
