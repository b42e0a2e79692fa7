/**
 * Lists the values of a row that a gate expression can name: every number of the row, by its path (`exposure.pairs`);
 * the prefix `counts.` may be left out. The paths are taken from template objects of the report's own types, so a
 * number that is added to the report and not here is a compile error.
 */
import { noneExplained } from '../domain/report/anomaly-signature.js';
import type { Explained, Quantiles, RunRow } from '../domain/report/run-report.js';
import type { Counts } from '../domain/report/verdict.js';

const counts: Counts = {
  published: 0,
  acked: 0,
  delivered: 0,
  handled: 0,
  retries: 0,
  violations: 0,
  regressions: 0,
  descents: 0,
  naive: 0,
  completionOrder: 0,
  racy: 0,
  crossTopic: 0,
  duplicates: { total: 0, redone: 0, redelivered: 0, storedTwice: 0, unflagged: 0, concurrent: 0 },
  gaps: 0,
  openGaps: 0,
  lost: 0,
  unseen: 0,
  phantoms: 0,
  recovered: 0,
  storeInversions: 0,
  splitKeys: 0,
  misroutes: 0,
  overlaps: 0,
  completionInversions: 0,
};

const quantiles: Quantiles = { p50: 0, p90: 0, p99: 0, p999: 0, max: 0 };
const explained: Explained = noneExplained();

/** Fields of a row that have no path: they are not numbers, or are looked up elsewhere (`counts`). */
type WithoutPath =
  | (
      | 'id'
      | 'broker'
      | 'client'
      | 'mode'
      | 'durable'
      | 'strategy'
      | 'clock'
      | 'outcome'
      | 'reasons'
      | 'point'
      | 'orderJudgedAt'
      | 'rebalances'
      | 'disturbances'
      | 'latencyHistograms'
    )
  | ('counts' | 'causes' | 'aggregates' | 'error')
  | ('series' | 'fetchMatrix' | 'timelines');

const row: Omit<RunRow, WithoutPath> = {
  repeat: 0,
  exposure: {
    pairs: 0,
    contestedPairs: 0,
    inFlightPairs: 0,
    heldBackPairs: 0,
    atRiskPairs: 0,
    splitPairs: 0,
    invertedPairs: 0,
    regressionRate: { value: 0, low95: 0, high95: 0 },
  },
  reordering: { extentP50: 0, extentMax: 0, resequencerDepth: 0 },
  origins: { publish: 0, store: 0, deliver: 0, submit: 0, start: 0, finish: 0, unknown: 0 },
  unexplained: explained,
  bufferDepthMax: 0,
  throughput: { publishedPerSecond: 0, handledPerSecond: 0 },
  latencyMs: { publish: quantiles, queue: quantiles, handle: quantiles, endToEnd: quantiles },
  concurrency: { handlersMean: 0, handlersMax: 0, heldMax: 0 },
  aggregatesTotal: 0,
  aggregatesWithAnomalies: 0,
  durationMs: 0,
  wallDurationMs: 0,
  peakRssBytes: 0,
};

const countPaths: ReadonlySet<string> = new Set(pathsOf(counts));
const rowPaths: ReadonlySet<string> = new Set(pathsOf(row));

/** Every path to a number, those of `counts` first. */
export const numberPaths: readonly string[] = [...countPaths, ...rowPaths];

/** @returns null where the row does not know the value; undefined if there is no such path */
export function rowNumberAt(row: { readonly counts: object }, path: string): number | null | undefined {
  const plain = path.startsWith('counts.') ? path.slice('counts.'.length) : path;
  const root: unknown = countPaths.has(plain) ? row.counts : rowPaths.has(path) ? row : undefined;
  if (root === undefined) return undefined;
  const value = plain
    .split('.')
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : null),
      root,
    );
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function isNumberPath(path: string): boolean {
  return rowPaths.has(path) || countPaths.has(path.startsWith('counts.') ? path.slice('counts.'.length) : path);
}

function pathsOf(value: object): string[] {
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null ? pathsOf(inner).map((path) => `${key}.${path}`) : [key],
  );
}
