/**
 * Groups the rows of a report by mode, strategy and broker, with or without the points of a sweep. The groups, and the
 * rows of each, are in the order in which they ran.
 */
import type { RunRow } from '../../domain/report/run-report.js';

/** Rows that share an id except for the repeat, or except for the repeat and the point of a sweep. */
export interface RowGroup {
  /** The part of the id that the rows share. */
  readonly label: string;
  readonly rows: readonly RunRow[];
}

/** Groups the repeats of one mode, strategy and broker, at all points of a sweep together. */
export function groupRows(rows: readonly RunRow[]): RowGroup[] {
  return groupBy(rows, (row) => {
    const name = withoutRepeat(row);
    const point = row.point === null ? '' : `@${row.point.field}=${row.point.value}`;
    return name.endsWith(point) ? name.slice(0, name.length - point.length) : name;
  });
}

/** Groups the repeats of one row, each point of a sweep by itself. */
export function groupRepeats(rows: readonly RunRow[]): RowGroup[] {
  return groupBy(rows, withoutRepeat);
}

function withoutRepeat({ id }: RunRow): string {
  return id.replace(/#\d+$/, '');
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

/** The row with the most violations; of several such rows, the one that ran first. */
export function worstOf(rows: readonly [RunRow, ...RunRow[]]): RunRow {
  return rows.reduce((worst, row) => (row.counts.violations > worst.counts.violations ? row : worst));
}
