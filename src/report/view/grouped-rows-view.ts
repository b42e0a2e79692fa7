/** Makes the table of rows with all repeats of a row in one line, and the few notes that it cannot do without. */
import type { RunRow } from '../../domain/report/run-report.js';
import { groupRepeats } from '../repeats/row-order.js';
import { briefNote, hasOthers, othersNote, redoneNote, type Note } from './model/note.js';
import type { Table } from './model/table.js';
import { repeatsNote, rowCells, rowColumns, type RowColumn } from './row-cells.js';

export interface GroupedRowsView {
  readonly table: Table<RowColumn>;
  readonly notes: readonly Note[];
}

/** @param rows all rows of a report; each point of a sweep has a line of its own */
export function groupedRowsView(rows: readonly RunRow[]): GroupedRowsView {
  const groups = groupRepeats(rows);
  return {
    table: { columns: rowColumns(rows), rows: groups.map((group) => rowCells(group, { text: group.label })) },
    notes: [
      ...(groups.some((group) => group.rows.length > 1) ? [{ text: repeatsNote }] : []),
      { text: briefNote },
      ...(rows.some(({ counts }) => counts.duplicates.redone > 0) ? [{ text: redoneNote }] : []),
      ...(rows.some(hasOthers) ? [othersNote] : []),
    ],
  };
}
