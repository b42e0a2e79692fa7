/**
 * Makes the table of rows with the repeats of a row put together in one line. Counts are sums over the repeats, rates
 * and latencies are medians, and each has the least and the most of one run as its detail. The outcome is the worst of
 * the runs, with the number of runs that came out so: `violated 2/3`. A row that ran once looks as in `rows-view.ts`.
 */
import type { RunRow } from '../../domain/report/run-report.js';
import { otherAnomalies } from '../../domain/report/verdict.js';
import type { Outcome } from '../../domain/scenario/scenario.js';
import { medianOf } from '../../statistics/mean-interval.js';
import { formatCount, formatMs, formatRate, formatShare, shareOf, unknownMark } from '../../text/numbers.js';
import { runGroupOf } from '../repeats/repeat-groups.js';
import { groupRepeats, type RowGroup } from '../repeats/row-order.js';
import { anomalyCell, countCell, msCell, rateCell } from './model/figures.js';
import { briefNote, hasOthers, othersNote, redoneNote, type Note } from './model/note.js';
import type { Cell, Row, Table } from './model/table.js';
import { rowColumns, type RowColumn } from './rows-view.js';

export interface GroupedRowsView {
  readonly table: Table<RowColumn>;
  readonly notes: readonly Note[];
}

/** @param rows all rows of a report; each point of a sweep has a line of its own */
export function groupedRowsView(rows: readonly RunRow[]): GroupedRowsView {
  const groups = groupRepeats(rows);
  return {
    table: { columns: rowColumns(rows), rows: groups.map(cellsOf) },
    notes: [
      ...(groups.some((group) => group.rows.length > 1) ? [{ text: repeatsNote }] : []),
      { text: briefNote },
      ...(rows.some(({ counts }) => counts.duplicates.redone > 0) ? [{ text: redoneNote }] : []),
      ...(rows.some(hasOthers) ? [othersNote] : []),
    ],
  };
}

export const repeatsNote = '2/3: in 2 of 3 runs; counts are sums over the runs, handled/s, p50, p99 medians';

function cellsOf(group: RowGroup): Row<RowColumn> {
  const { label, rows } = group;
  const sum = (of: CountOf): number => rows.reduce((total, row) => total + of(row), 0);
  const summed = (of: CountOf, cellOf: (count: number) => Cell = countCell): Cell =>
    withDetail(cellOf(sum(of)), rows, of, formatCount);
  const median = (of: FigureOf, cellOf: (figure: number | null) => Cell, format: Format): Cell =>
    withDetail(cellOf(medianOf(known(rows, of))), rows, of, format);
  return {
    mode: { text: label },
    outcome: outcomeOf(group),
    published: summed(({ counts }) => counts.published),
    handled: summed(({ counts }) => counts.handled),
    regressions: summed(({ counts }) => counts.regressions, anomalyCell),
    atRisk: summed(({ exposure }) => exposure.atRiskPairs),
    duplicates: summed(({ counts }) => counts.duplicates.total, anomalyCell),
    lost: summed(({ counts }) => counts.lost, anomalyCell),
    others: summed(({ counts }) => otherAnomalies(counts), anomalyCell),
    misroutes: summed(
      ({ counts }) => counts.misroutes,
      (count) => anomalyCell(count, 'unsure'),
    ),
    misrouteShare: {
      text: formatShare(
        shareOf(
          sum(({ counts }) => counts.misroutes),
          sum(({ counts }) => counts.delivered),
        ),
      ),
    },
    clock: { text: rows[0]!.clock },
    handledPerSecond: median(({ throughput }) => throughput.handledPerSecond, rateCell, formatRate),
    p50: median(({ latencyMs }) => latencyMs.endToEnd.p50, msCell, formatMs),
    p99: median(({ latencyMs }) => latencyMs.endToEnd.p99, msCell, formatMs),
  };
}

type CountOf = (row: RunRow) => number;
type FigureOf = (row: RunRow) => number | null;
type Format = (value: number | null) => string;

function known(rows: readonly RunRow[], of: FigureOf): number[] {
  return rows.map(of).filter((value) => value !== null);
}

/** Adds the least and the most of one run: `402–421`, or `421 each`; nothing for one run and where all are 0. */
function withDetail(cell: Cell, rows: readonly RunRow[], of: FigureOf, format: Format): Cell {
  const values = known(rows, of);
  if (values.length < 2) return cell;
  const [least, most] = [format(Math.min(...values)), format(Math.max(...values))];
  if (least !== most) return { ...cell, detail: `${least}${unknownMark}${most}` };
  return values.every((value) => value === 0) ? cell : { ...cell, detail: `${most} each` };
}

const worstFirst: readonly Outcome[] = ['violated', 'inconclusive', 'ordered'];

/** `violated 2/3`, with the runs that came out otherwise as the detail: `1 inconclusive`. */
function outcomeOf(group: RowGroup): Cell {
  const found = runGroupOf(group);
  const [worst, ...others] = worstFirst.filter((outcome) => found[outcome] > 0);
  const status = { outcome: worst!, hasFailed: group.rows.some(({ error }) => error !== null) };
  if (found.runs === 1) return { text: worst!, status };
  const detail = others.map((outcome) => `${formatCount(found[outcome])} ${outcome}`).join(', ');
  return {
    text: `${worst!} ${formatCount(found[worst!])}/${formatCount(found.runs)}`,
    status,
    ...(detail !== '' && { detail }),
  };
}
