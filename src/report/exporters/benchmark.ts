/**
 * Renders reports for github-action-benchmark, as its `customSmallerIsBetter` and `customBiggerIsBetter`: a JSON array
 * of one sort, an object a figure with `name`, `unit`, `value`, and for people `range` and `extra`. It follows a figure
 * by its name. A fall of throughput and a rise of latency are both worse, so they go into two arrays.
 *
 * Source: the README of benchmark-action/github-action-benchmark.
 */
import type { JudgedReport } from '../../domain/report/gate.js';
import { formatCount } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import { trackedRows, type TrackedFigure, type TrackedRow } from './tracked-figures.js';

interface BenchmarkPoint {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  /** Absent where nothing was repeated. */
  readonly range?: string;
  readonly extra: string;
}

type Better = TrackedFigure['better'];

const arrayOf = (better: Better) => ({
  /** @throws {UsageError} if rows of several reports have one name */
  render: (reports: readonly JudgedReport[]): string => renderBenchmark(reports, better),
});

export const smallerIsBetter = arrayOf('smaller');
export const biggerIsBetter = arrayOf('bigger');

function renderBenchmark(reports: readonly JudgedReport[], better: Better): string {
  const points = trackedRows(reports).flatMap((row) =>
    row.figures.filter((figure) => figure.better === better).map((figure) => pointOf(row, figure)),
  );
  return `${JSON.stringify(points, null, 2)}\n`;
}

function pointOf(row: TrackedRow, { id, unit, median, least, most }: TrackedFigure): BenchmarkPoint {
  const range = row.rows.length > 1 ? { range: `${least} to ${most}` } : {};
  return { name: `${row.name} ${id}`, unit, value: median, ...range, extra: extraOf(row) };
}

/** Shown beside the point in the chart. */
function extraOf({ rows, report }: TrackedRow): string {
  const [{ broker, clock }] = rows;
  const version = broker.version === null ? '' : ` ${broker.version}`;
  return [
    rows.length === 1 ? '' : `median of ${formatCount(rows.length)} repeats`,
    `broker: ${broker.kind}${version}`,
    `clock: ${clock}`,
    report.replay,
  ]
    .filter((line) => line !== '')
    .map(printable)
    .join('\n');
}
