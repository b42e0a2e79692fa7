/**
 * Collects the figures that a benchmark tracker follows from commit to commit: latencies at p50 and p99, violations and
 * memory, of which less is better, and throughput, of which more is better.
 *
 * A tracker takes one point for each commit, so the repeats of a row become one: the median, with the minimum and the
 * maximum. Rows that an error ended and unknown figures are left out, since a false point is worse than none.
 */
import { UsageError } from '../../domain/errors.js';
import type { JudgedReport } from '../../domain/report/gate.js';
import type { LatencyMs, RunReport, RunRow } from '../../domain/report/run-report.js';
import { groupRepeats } from '../repeats/row-order.js';
import { printable } from '../../text/printable.js';

export interface TrackedRow {
  /** `incident multi/shared`: the scenario, and the row without its repeat. */
  readonly name: string;
  readonly report: RunReport;
  /** Repeats that were not ended by an error, one or more. */
  readonly rows: readonly [RunRow, ...RunRow[]];
  readonly figures: readonly TrackedFigure[];
}

export interface TrackedFigure {
  /** `end-to-end-p99`: lower case with dashes, at most 64 characters. */
  readonly id: string;
  readonly unit: string;
  readonly better: 'smaller' | 'bigger';
  readonly median: number;
  /** Minimum over the repeats, as `most` is the maximum; both equal the median of a single repeat. */
  readonly least: number;
  readonly most: number;
}

/** @throws {UsageError} if rows of several reports have one name, and could not be told apart */
export function trackedRows(reports: readonly JudgedReport[]): TrackedRow[] {
  const tracked = reports.flatMap(({ report }) =>
    groupRepeats(report.runs).flatMap((group): TrackedRow[] => {
      const [first, ...others] = group.rows.filter((row) => row.error === null);
      if (first === undefined) return [];
      const rows = [first, ...others] as const;
      const name = printable(`${report.scenario?.name ?? 'trace'} ${group.label}`);
      return [{ name, report, rows: [...rows], figures: figuresOf(rows) }];
    }),
  );
  const names = tracked.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return tracked;
  throw new UsageError(
    `two of the reports have a row "${twice}", which a benchmark tracker could not tell apart`,
    'render them one at a time, or give the scenarios different names (--name)',
  );
}

interface Source {
  readonly id: string;
  readonly unit: string;
  readonly better: TrackedFigure['better'];
  readonly of: (row: RunRow) => number | null;
}

const latencies: readonly (readonly [id: string, of: keyof LatencyMs])[] = [
  ['publish', 'publish'],
  ['queue', 'queue'],
  ['handle', 'handle'],
  ['end-to-end', 'endToEnd'],
];

const sources: readonly Source[] = [
  { id: 'violations', unit: 'violations', better: 'smaller', of: (row) => row.counts.violations },
  ...latencies.flatMap(([id, key]) =>
    (['p50', 'p99'] as const).map((quantile): Source => {
      return { id: `${id}-${quantile}`, unit: 'ms', better: 'smaller', of: (row) => row.latencyMs[key][quantile] };
    }),
  ),
  { id: 'peak-rss', unit: 'bytes', better: 'smaller', of: (row) => row.peakRssBytes },
  { id: 'published', unit: 'events/s', better: 'bigger', of: (row) => row.throughput.publishedPerSecond },
  { id: 'handled', unit: 'events/s', better: 'bigger', of: (row) => row.throughput.handledPerSecond },
];

function figuresOf(rows: readonly RunRow[]): TrackedFigure[] {
  return sources.flatMap(({ id, unit, better, of }) => {
    const values = rows.map(of).filter((value) => value !== null && Number.isFinite(value));
    if (values.length === 0) return [];
    const sorted = (values as number[]).sort((a, b) => a - b);
    const [least, most] = [sorted[0]!, sorted.at(-1)!];
    return [{ id, unit, better, median: medianOf(sorted), least, most }];
  });
}

/** The median of sorted values, without digits that come only from the division. */
function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1]!, sorted[Math.floor(middle)]!];
  return low === high ? low : Number((low / 2 + high / 2).toPrecision(12));
}
