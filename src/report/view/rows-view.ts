/** Makes the table of rows, with one line for each row or for many repeats of it, and the notes on its figures. */
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { otherAnomalies } from '../../domain/report/verdict.js';
import { formatShare, shareOf } from '../../text/numbers.js';
import { hasMerged, mergedNote, tableRows } from '../repeats/merged-rows.js';
import { allRunsView } from './all-runs-view.js';
import { anomalyCell, countCell, msCell, outcomeCell, rateCell, statusOfRow } from './model/figures.js';
import type { Section } from './model/finding.js';
import { atRiskNote, clockOf, hasOthers, othersNote, type Note } from './model/note.js';
import type { RowNaming } from './row-naming.js';
import type { Column, Row, Table } from './model/table.js';

export interface RowsView {
  readonly table: Table<RowColumn>;
  readonly notes: readonly Note[];
  /** Summary of the repeats of each row; null: nothing was repeated. */
  readonly allRuns: Section | null;
}

export type RowColumn =
  | 'mode'
  | 'outcome'
  | 'published'
  | 'handled'
  | 'regressions'
  | 'atRisk'
  | 'duplicates'
  | 'lost'
  | 'others'
  | 'misroutes'
  | 'misrouteShare'
  | 'clock'
  | 'handledPerSecond'
  | 'p50'
  | 'p99';

export function rowsView({ runs }: RunReport, naming: RowNaming): RowsView {
  const shown = tableRows(runs);
  return {
    table: { columns: rowColumns(shown), rows: shown.map((row) => cellsOf(row, naming)) },
    notes: notesOf(runs),
    allRuns: allRunsView(runs),
  };
}

/** The columns that these rows need: `others` and `clock` only where there is something to tell. */
export function rowColumns(rows: readonly RunRow[]): Column<RowColumn>[] {
  const clock = clockOf(rows);
  const figure = (id: RowColumn, title: string, short?: string): Column<RowColumn> => ({
    ...{ id, title, align: 'right' },
    ...(short !== undefined && { short }),
  });
  const time = (id: RowColumn, title: string): Column<RowColumn> => ({
    ...figure(id, title),
    ...(clock === 'virtual' && { over: 'virtual' }),
  });
  return [
    { id: 'mode', title: 'mode', align: 'left' },
    { id: 'outcome', title: 'outcome', align: 'left' },
    figure('published', 'published'),
    figure('handled', 'handled'),
    figure('regressions', 'regressions', 'regress.'),
    figure('atRisk', 'at risk'),
    figure('duplicates', 'duplicates', 'dupl.'),
    figure('lost', 'lost'),
    ...(rows.some(hasOthers) ? [figure('others', 'others')] : []),
    figure('misroutes', 'misroutes'),
    { ...figure('misrouteShare', 'share'), detailOf: 'misroutes' },
    ...(clock === 'both' ? [{ id: 'clock' as const, title: 'clock', align: 'left' as const }] : []),
    time('handledPerSecond', 'handled/s'),
    time('p50', 'p50 ms'),
    time('p99', 'p99 ms'),
  ];
}

function cellsOf(row: RunRow, { label }: RowNaming): Row<RowColumn> {
  const { counts, exposure, throughput, latencyMs } = row;
  return {
    mode: { text: row.id, short: label(row) },
    outcome: outcomeCell(statusOfRow(row)),
    published: countCell(counts.published),
    handled: countCell(counts.handled),
    regressions: anomalyCell(counts.regressions),
    atRisk: countCell(exposure.atRiskPairs),
    duplicates: anomalyCell(counts.duplicates.total),
    lost: anomalyCell(counts.lost),
    others: anomalyCell(otherAnomalies(counts)),
    misroutes: anomalyCell(counts.misroutes, 'unsure'),
    misrouteShare: { text: formatShare(shareOf(counts.misroutes, counts.delivered)) },
    clock: { text: row.clock },
    handledPerSecond: rateCell(throughput.handledPerSecond),
    p50: msCell(latencyMs.endToEnd.p50),
    p99: msCell(latencyMs.endToEnd.p99),
  };
}

function notesOf(rows: readonly RunRow[]): Note[] {
  return [
    atRiskNote,
    { text: 'p50, p99: from publish to handled.', clock: clockOf(rows) },
    ...(rows.some(hasOthers) ? [othersNote] : []),
    ...(hasMerged(rows) ? [{ text: mergedNote }] : []),
  ];
}
