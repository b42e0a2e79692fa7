/**
 * Puts rows into the order in which they are shown, and groups those that belong together: repeats of one thing stand
 * side by side, in the order in which the things first ran.
 */
import type { RunRow } from '../../domain/report/run-report.js';

/** Repeats of one mode, strategy and broker, at every point of a sweep. */
export interface RowGroup {
  /** The rows' id without the point and the repeat. */
  readonly label: string;
  readonly rows: readonly RunRow[];
}

export function groupRows(rows: readonly RunRow[]): RowGroup[] {
  return groupBy(rows, ({ id }) => id.replace(/(?:@.*)?#\d+$/, ''));
}

/** Repeats of one row, each point of a sweep by itself. */
export function groupRepeats(rows: readonly RunRow[]): RowGroup[] {
  return groupBy(rows, ({ id }) => id.replace(/#\d+$/, ''));
}

function groupBy(rows: readonly RunRow[], labelOf: (row: RunRow) => string): RowGroup[] {
  const groups = new Map<string, RunRow[]>();
  for (const row of rows) {
    const label = labelOf(row);
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [row]);
    else group.push(row);
  }
  return [...groups].map(([label, group]) => ({ label, rows: group }));
}

/** The row with most violations; of equal ones the one that ran first. */
export function worstOf(rows: readonly [RunRow, ...RunRow[]]): RunRow {
  return rows.reduce((worst, row) => (row.counts.violations > worst.counts.violations ? row : worst));
}
