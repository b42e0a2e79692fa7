/** Decides which repeats of a row share a line where they are shown one by one, and which of them says most. */
import type { RunRow } from '../../domain/report/run-report.js';
import type { Outcome } from '../../domain/scenario/scenario.js';
import { groupRepeats, worstOf, type RowGroup } from './row-order.js';

/** The largest number of repeats that are shown one by one. */
export const repeatsShown = 5;

/** The rows that are described one by one: of repeats that share a line, only the worst. */
export function singleRows(rows: readonly RunRow[]): readonly RunRow[] {
  return groupRepeats(rows).flatMap((group) => (isMerged(group) ? [worstRowOf(group)] : group.rows));
}

/** The row with the worst outcome (violated, inconclusive, ordered); of several, the one with the most violations. */
export function worstRowOf({ rows }: RowGroup): RunRow {
  const outcome = worstFirst.find((one) => rows.some((row) => row.outcome === one));
  const [first, ...others] = rows.filter((row) => row.outcome === outcome);
  return worstOf([first!, ...others]);
}

const worstFirst: readonly Outcome[] = ['violated', 'inconclusive', 'ordered'];

/** Whether the repeats share a line. */
export function isMerged({ rows }: RowGroup): boolean {
  return rows.length > repeatsShown;
}
