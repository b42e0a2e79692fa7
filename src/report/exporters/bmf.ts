/**
 * Renders reports in Bencher Metric Format: benchmark → measure → `value`, with `lower_value` and `upper_value` where
 * there is a range. Two of Bencher's own measures are used: `latency` in nanoseconds, here the median end to end, and
 * `throughput` in operations a second, here events handled. Bencher creates all other measures on first use; their
 * names end with their unit.
 *
 * Source: Bencher's reference of the format; the tests check the output against its JSON Schema.
 */
import type { JudgedReport } from '../../domain/report/gate.js';
import { trackedRows, type TrackedFigure } from './tracked-figures.js';

interface Metric {
  readonly value: number;
  readonly lower_value?: number;
  readonly upper_value?: number;
}

const nanosecondsPerMs = 1_000_000;
/** The longest name of a benchmark that Bencher accepts, in characters. */
const nameMax = 1024;

/** @throws {UsageError} if rows of several reports have one name */
export function render(reports: readonly JudgedReport[]): string {
  const benchmarks = trackedRows(reports).map(({ name, rows, figures }) => {
    const metrics = figures.flatMap((figure) => metricsOf(figure, rows.length > 1));
    return [name.slice(0, nameMax), Object.fromEntries(metrics)] as const;
  });
  return `${JSON.stringify(Object.fromEntries(benchmarks), null, 2)}\n`;
}

function metricsOf(figure: TrackedFigure, repeated: boolean): [measure: string, Metric][] {
  const own: [string, Metric] = [measureOf(figure), metricOf(figure, repeated, 1)];
  if (figure.id === 'end-to-end-p50') return [['latency', metricOf(figure, repeated, nanosecondsPerMs)], own];
  if (figure.id === 'handled') return [['throughput', metricOf(figure, repeated, 1)]];
  return [own];
}

function measureOf({ id, unit }: TrackedFigure): string {
  return unit === id ? id : `${id}-${unit.replace('/s', '-per-second')}`;
}

function metricOf({ median, least, most }: TrackedFigure, repeated: boolean, factor: number): Metric {
  const scaled = (value: number): number => Math.min(Number((value * factor).toPrecision(15)), Number.MAX_VALUE);
  return repeated
    ? { value: scaled(median), lower_value: scaled(least), upper_value: scaled(most) }
    : { value: scaled(median) };
}
