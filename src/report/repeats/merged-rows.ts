/**
 * Decides which repeats of a row share a line of the table. Up to five repeats have a line each. More of them share one
 * line: counts are sums, rates and latencies are medians, and the outcome is the worst.
 */
import type { LatencyMs, Quantiles, RunRow } from '../../domain/report/run-report.js';
import type { Outcome } from '../../domain/scenario/scenario.js';
import { medianOf } from '../../statistics/mean-interval.js';
import { groupRepeats, worstOf, type RowGroup } from './row-order.js';

/** The largest number of repeats that are shown one by one. */
export const repeatsShown = 5;

export const mergedNote =
  '#1-n: one line for all runs of a row; counts are sums, handled/s, p50 and p99 medians, the outcome is the worst';

/** One row for each line of the table, in the order of the rows. */
export function tableRows(rows: readonly RunRow[]): readonly RunRow[] {
  return groupRepeats(rows).flatMap((group) => (isMerged(group) ? [merged(group)] : group.rows));
}

/** The rows that are described one by one: of repeats that share a line, only the worst. */
export function singleRows(rows: readonly RunRow[]): readonly RunRow[] {
  return groupRepeats(rows).flatMap((group) => (isMerged(group) ? [worstRowOf(group)] : group.rows));
}

/** Whether any repeats share a line. */
export function hasMerged(rows: readonly RunRow[]): boolean {
  return groupRepeats(rows).some(isMerged);
}

/** The row with the worst outcome (violated, inconclusive, ordered); of several, the one with the most violations. */
export function worstRowOf({ rows }: RowGroup): RunRow {
  const outcome = worstFirst.find((one) => rows.some((row) => row.outcome === one));
  const [first, ...others] = rows.filter((row) => row.outcome === outcome);
  return worstOf([first!, ...others]);
}

const worstFirst: readonly Outcome[] = ['violated', 'inconclusive', 'ordered'];

function isMerged({ rows }: RowGroup): boolean {
  return rows.length > repeatsShown;
}

function merged(group: RowGroup): RunRow {
  const { label, rows } = group;
  const worst = worstRowOf(group);
  const median = (of: (row: RunRow) => number | null): number | null =>
    medianOf(rows.map(of).filter((value) => value !== null));
  const quantiles = (stage: keyof LatencyMs): Quantiles => ({
    p50: median(({ latencyMs }) => latencyMs[stage].p50),
    p90: median(({ latencyMs }) => latencyMs[stage].p90),
    p99: median(({ latencyMs }) => latencyMs[stage].p99),
    p999: median(({ latencyMs }) => latencyMs[stage].p999),
    max: median(({ latencyMs }) => latencyMs[stage].max),
  });
  return {
    ...worst,
    id: `${label}#${rows[0]!.repeat}-${rows.at(-1)!.repeat}`,
    counts: rows.map(({ counts }) => counts).reduce(added),
    exposure: rows.map(({ exposure }) => exposure).reduce(added),
    throughput: {
      publishedPerSecond: median(({ throughput }) => throughput.publishedPerSecond),
      handledPerSecond: median(({ throughput }) => throughput.handledPerSecond),
    },
    latencyMs: {
      publish: quantiles('publish'),
      queue: quantiles('queue'),
      handle: quantiles('handle'),
      endToEnd: quantiles('endToEnd'),
    },
    error: rows.find(({ error }) => error !== null)?.error ?? null,
  };
}

/** Adds the numbers of two objects at every depth. A rate has no sum, so it becomes null. */
function added<Of extends object>(one: Of, other: Of): Of {
  const sum = Object.entries(one).map(([key, value]: [string, unknown]) => {
    const more = (other as Readonly<Record<string, unknown>>)[key];
    if (key === 'regressionRate') return [key, { value: null, low95: null, high95: null }];
    if (typeof value === 'number' && typeof more === 'number') return [key, value + more];
    return [key, added(value as object, more as object)];
  });
  return Object.fromEntries(sum) as Of;
}
