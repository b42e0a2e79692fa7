/**
 * What does the result table show of a row, and how is each figure written? Every column either alone or, where room
 * is short, two that belong together in one.
 */
import type { RunRow } from '../../domain/report/run-report.js';
import { otherAnomalies } from '../../domain/report/verdict.js';
import { formatCountWithin, formatMs, formatRate, formatShare, shareOf } from '../../text/numbers.js';
import type { Cell, Column } from './grid.js';
import { shortened, stringWidth } from './line-wrapping.js';
import { printable } from '../../text/printable.js';
import { paintOf, signOf, type Paint, type Theme } from './theme.js';

/** Longest number of its kind that is written out; what is longer is shortened. */
const countWidth = 9;
const latencyWidth = 7;

type RowColumn = Column<RunRow>;

/** What to call a row, and how. */
export interface RowNaming {
  readonly theme: Theme;
  readonly label: (row: RunRow) => string;
}

/**
 * Each figure in a column of its own.
 * @param rows that are shown: a figure that is 0 in all of them may be left out
 */
export function separateColumns(naming: RowNaming, rows: readonly RunRow[]): RowColumn[] {
  const { theme } = naming;
  const metrics = metricsOf(theme);
  return [
    { head: ['mode'], align: 'left', lines: (row) => labelCells(row, 48, naming) },
    { head: ['outcome'], align: 'left', lines: (row) => [outcomeCell(row, theme)] },
    one('published', metrics.published),
    one('handled', metrics.handled),
    one('regressions', metrics.regressions),
    one('duplicates', metrics.duplicates),
    one('lost', metrics.lost),
    ...(rows.some(hasOthers) ? [one('others', metrics.others)] : []),
    one('misroutes', metrics.misroutesAndShare),
    one('at risk', metrics.atRisk),
    one('handled/s', metrics.handledPerSecond),
    one('p50 ms', metrics.p50),
    one('p99 ms', metrics.p99),
  ];
}

/**
 * Two figures in a column, one below the other.
 * @param labelWidth columns for the row's name, which is broken where it is longer; at least 14, as wide as an outcome
 */
export function sharedColumns(naming: RowNaming, rows: readonly RunRow[], labelWidth: number): RowColumn[] {
  const { theme } = naming;
  const metrics = metricsOf(theme);
  return [
    {
      head: ['mode', 'outcome'],
      align: 'left',
      lines: (row) => [...labelCells(row, labelWidth, naming), outcomeCell(row, theme)],
    },
    two('published', metrics.published, 'handled', metrics.handled),
    two('regressions', metrics.regressions, 'at risk', metrics.atRisk),
    two('duplicates', metrics.duplicates, 'lost', metrics.lost),
    two('misroutes', metrics.misroutes, 'share', metrics.misrouteShare),
    rows.some(hasOthers)
      ? two('handled/s', metrics.handledPerSecond, 'others', metrics.others)
      : one('handled/s', metrics.handledPerSecond),
    two('p50 ms', metrics.p50, 'p99 ms', metrics.p99),
  ];
}

function labelCells(row: RunRow, width: number, { label, theme }: RowNaming): Cell[] {
  return breakLabel(label(row), width, theme.ellipsis).map((text) => ({ text, paint: theme.strong }));
}

function outcomeCell(row: RunRow, theme: Theme): Cell {
  return { text: `${signOf(row, theme)} ${row.outcome}`, paint: paintOf(theme, row.outcome) };
}

type Metric = (row: RunRow) => Cell;

function one(head: string, metric: Metric): RowColumn {
  return { head: [head], align: 'right', lines: (row) => [metric(row)] };
}

function two(upper: string, above: Metric, lower: string, below: Metric): RowColumn {
  return { head: [upper, lower], align: 'right', lines: (row) => [above(row), below(row)] };
}

function metricsOf(theme: Theme): Record<MetricName, Metric> {
  const count =
    (of: (row: RunRow) => number, paintIfAny?: Paint): Metric =>
    (row) => ({
      text: theme.text(formatCountWithin(of(row), countWidth)),
      ...paintOfCount(of(row), paintIfAny, theme.faint),
    });
  const measure =
    (
      write: (value: number | null, width: number) => string,
      width: number,
      of: (row: RunRow) => number | null,
    ): Metric =>
    (row) => ({ text: theme.text(write(of(row), width)) });
  const share = (row: RunRow): string => theme.text(formatShare(shareOf(row.counts.misroutes, row.counts.delivered)));
  const misroutes = count((row) => row.counts.misroutes, theme.unsure);
  return {
    published: count((row) => row.counts.published),
    handled: count((row) => row.counts.handled),
    regressions: count((row) => row.counts.regressions, theme.bad),
    duplicates: count((row) => row.counts.duplicates.total, theme.bad),
    lost: count((row) => row.counts.lost, theme.bad),
    others: count(othersOf, theme.bad),
    misroutes,
    misrouteShare: (row) => ({ text: share(row) }),
    misroutesAndShare: (row) => {
      const cell = misroutes(row);
      return row.counts.misroutes === 0 ? cell : { ...cell, text: `${cell.text} (${share(row)})` };
    },
    atRisk: count((row) => row.exposure.atRiskPairs),
    handledPerSecond: measure(formatRate, countWidth, (row) => row.throughput.handledPerSecond),
    p50: measure(formatMs, latencyWidth, (row) => row.latencyMs.endToEnd.p50),
    p99: measure(formatMs, latencyWidth, (row) => row.latencyMs.endToEnd.p99),
  };
}

type MetricName =
  | 'published'
  | 'handled'
  | 'regressions'
  | 'duplicates'
  | 'lost'
  | 'others'
  | 'misroutes'
  | 'misrouteShare'
  | 'misroutesAndShare'
  | 'atRisk'
  | 'handledPerSecond'
  | 'p50'
  | 'p99';

/** Anomalies that decide and have no column of their own. */
export function othersOf({ counts }: RunRow): number {
  return otherAnomalies(counts);
}

export function hasOthers(row: RunRow): boolean {
  return othersOf(row) > 0;
}

/** In the words of docs/CHECKER.md; which of them a row has is told where it is explained. */
export const othersNote =
  'others: split keys, store inversions, overlaps (pairs), completion inversions and phantoms; each is a violation unless allowed';

export const atRiskNote =
  'at risk: pairs of consecutive events of an aggregate that the bus held at once, or kept apart by a limit of one; only those can go wrong';

/** Zero anomalies stand back, so that what is not zero is seen. */
function paintOfCount(value: number, paint: Paint | undefined, faint: Paint): { paint?: Paint } {
  return paint === undefined ? {} : { paint: value > 0 ? paint : faint };
}

/** A row's name in lines of at most `width`, broken where the name has its joints: `broker:mode/durable+strategy#n`. */
export function breakLabel(label: string, width: number, ellipsis: string): string[] {
  const lines: string[] = [];
  for (const part of printable(label).split(/(?<=[:/])|(?=[+#])/)) {
    const fitting = shortened(part, width, ellipsis);
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + stringWidth(fitting) <= width)
      lines[lines.length - 1] = last + fitting;
    else lines.push(fitting);
  }
  return lines;
}
