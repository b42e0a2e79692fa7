/**
 * Makes the table of rows with the repeats of a row one by one, or in one line if there are many, and with notes on its
 * figures.
 */
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { isMerged } from '../repeats/merged-rows.js';
import { groupRepeats } from '../repeats/row-order.js';
import { allRunsView } from './all-runs-view.js';
import type { Section } from './model/finding.js';
import { atRiskNote, clockOf, hasOthers, othersNote, type Note } from './model/note.js';
import { repeatsNote, rowCells, rowColumns, type RowColumn } from './row-cells.js';
import type { RowNaming } from './row-naming.js';
import type { Table } from './model/table.js';

export interface RowsView {
  readonly table: Table<RowColumn>;
  readonly notes: readonly Note[];
  /** Summary of the repeats of each row; null: nothing was repeated. */
  readonly allRuns: Section | null;
}

export function rowsView({ runs }: RunReport, { label }: RowNaming): RowsView {
  const rows = groupRepeats(runs).flatMap((group) =>
    isMerged(group)
      ? [rowCells(group, { text: group.label })]
      : group.rows.map((row) => rowCells({ label: row.id, rows: [row] }, { text: row.id, short: label(row) })),
  );
  return { table: { columns: rowColumns(runs), rows }, notes: notesOf(runs), allRuns: allRunsView(runs) };
}

function notesOf(rows: readonly RunRow[]): Note[] {
  return [
    atRiskNote,
    { text: 'p50, p99: from publish to handled.', clock: clockOf(rows) },
    ...(rows.some(hasOthers) ? [othersNote] : []),
    ...(groupRepeats(rows).some(isMerged) ? [{ text: repeatsNote }] : []),
  ];
}
