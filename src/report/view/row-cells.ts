/**
 * Makes one line of the table of rows, of one run or of several repeats. Of repeats counts are sums, rates and latencies
 * medians, and the outcome is the worst of them with the number of runs that came out so: `violated 2/3`.
 */
import type { RunRow } from '../../domain/report/run-report.js';
import { otherAnomalies } from '../../domain/report/verdict.js';
import { medianOf } from '../../statistics/mean-interval.js';
import { formatCount, formatShare, shareOf } from '../../text/numbers.js';
import { worstRowOf } from '../repeats/merged-rows.js';
import type { RowGroup } from '../repeats/row-order.js';
import { anomalyCell, countCell, msCell, rateCell } from './model/figures.js';
import { clockOf, hasOthers } from './model/note.js';
import type { Cell, Column, Row } from './model/table.js';

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

export const repeatsNote = '2/3: in 2 of 3 runs; counts are sums over the runs, handled/s, p50, p99 medians';

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

/**
 * @param group one run, or repeats of one row
 * @param mode the name of the line
 */
export function rowCells(group: RowGroup, mode: Cell): Row<RowColumn> {
  const { rows } = group;
  const sum = (of: (row: RunRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const median = (of: (row: RunRow) => number | null): number | null =>
    medianOf(rows.map(of).filter((value) => value !== null));
  const misroutes = sum(({ counts }) => counts.misroutes);
  return {
    mode,
    outcome: outcomeOf(group),
    published: countCell(sum(({ counts }) => counts.published)),
    handled: countCell(sum(({ counts }) => counts.handled)),
    regressions: anomalyCell(sum(({ counts }) => counts.regressions)),
    atRisk: countCell(sum(({ exposure }) => exposure.atRiskPairs)),
    duplicates: anomalyCell(sum(({ counts }) => counts.duplicates.total)),
    lost: anomalyCell(sum(({ counts }) => counts.lost)),
    others: anomalyCell(sum(({ counts }) => otherAnomalies(counts))),
    misroutes: anomalyCell(misroutes, 'unsure'),
    misrouteShare: {
      text: formatShare(
        shareOf(
          misroutes,
          sum(({ counts }) => counts.delivered),
        ),
      ),
    },
    clock: { text: rows[0]!.clock },
    handledPerSecond: rateCell(median(({ throughput }) => throughput.handledPerSecond)),
    p50: msCell(median(({ latencyMs }) => latencyMs.endToEnd.p50)),
    p99: msCell(median(({ latencyMs }) => latencyMs.endToEnd.p99)),
  };
}

function outcomeOf(group: RowGroup): Cell {
  const { rows } = group;
  const { outcome } = worstRowOf(group);
  const status = { outcome, hasFailed: rows.some(({ error }) => error !== null) };
  if (rows.length === 1) return { text: outcome, status };
  const alike = rows.filter((row) => row.outcome === outcome).length;
  return { text: `${outcome} ${formatCount(alike)}/${formatCount(rows.length)}`, status };
}
