/**
 * Renders reports for github-action-benchmark, in its formats `customSmallerIsBetter` and `customBiggerIsBetter`: a
 * JSON array with one object for each figure, with `name`, `unit`, `value`, and for people `range` and `extra`. The
 * action follows a figure by its name. Less latency but more throughput is better, so the two need different arrays.
 *
 * Source: the README of benchmark-action/github-action-benchmark.
 */
import type { JudgedReport } from '../../domain/report/gate.js';
import { formatCount } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import { delaysOf } from '../view/perturbed-view.js';
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
  const perturbed = delaysOf(report);
  const version = broker.version === null ? '' : ` ${broker.version}`;
  return [
    rows.length === 1 ? '' : `median of ${formatCount(rows.length)} repeats`,
    `broker: ${broker.kind}${version}`,
    `clock: ${clock}`,
    perturbed === null ? '' : `perturbed by ${perturbed}`,
    report.replay,
  ]
    .filter((line) => line !== '')
    .map(printable)
    .join('\n');
}
