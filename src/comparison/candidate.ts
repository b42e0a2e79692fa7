/** What do the repeats of one mode with one strategy come to, all together? */
import type { Candidate, Ratio95 } from '../domain/comparison.js';
import type { Guarantee } from '../domain/guarantee.js';
import type { RunRow } from '../domain/run-report.js';
import { modeRowOf, type Outcome } from '../domain/scenario.js';
import type { SweepPoint } from '../domain/sweep-point.js';
import { otherAnomalies } from '../domain/verdict.js';
import { meanInterval, medianOf } from '../statistics/mean-interval.js';
import { rate95 } from '../statistics/rate95.js';
import { ratioInterval } from '../statistics/ratio-interval.js';

/** What a strategy says of itself. */
export interface Claims {
  readonly guarantee: Guarantee;
  readonly costs: string;
  readonly repairsInput: boolean;
}

/** A candidate, as far as it can be told without the others. */
export type OwnFigures = Omit<Candidate, 'isParetoOptimal'>;

/**
 * @param rows repeats of one thing, at least one
 * @param baseline the same repeats of the baseline
 */
export function candidateOf(
  rows: readonly [RunRow, ...RunRow[]],
  baseline: readonly RunRow[],
  claims: Claims,
): OwnFigures {
  const [first] = rows;
  return {
    name: nameOf(first),
    broker: first.broker.kind,
    mode: modeRowOf(first),
    strategy: first.strategy,
    ...claims,
    notRun: rows.every(({ error }) => error?.code === 'unsupported') ? first.error!.message : null,
    ...figuresOf(rows),
    relativeSpeed: relativeSpeed(rows, baseline),
  };
}

/** What is counted and measured, by itself. */
export function figuresOf(rows: readonly [RunRow, ...RunRow[]]) {
  const total = (of: (row: RunRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  const known = (of: (row: RunRow) => number | null): number[] => rows.map(of).filter((value) => value !== null);
  const median = (of: (row: RunRow) => number | null): number | null => medianOf(known(of));
  const most = (of: (row: RunRow) => number | null): number | null => {
    const values = known(of);
    return values.length === 0 ? null : Math.max(...values);
  };
  const [inverted, contested] = [
    total(({ exposure }) => exposure.invertedPairs),
    total(({ exposure }) => exposure.contestedPairs),
  ];
  return {
    outcome: worstOutcome(rows),
    runs: rows.length,
    runsOrdered: rows.filter(({ outcome }) => outcome === 'ordered').length,
    regressions: total(({ counts }) => counts.regressions),
    regressionsUpstream: total(({ origins }) => origins.publish + origins.store + origins.deliver + origins.submit),
    regressionsPerRun: meanInterval(rows.map(({ counts }) => counts.regressions)),
    duplicates: total(({ counts }) => counts.duplicates.total),
    lost: total(({ counts }) => counts.lost),
    others: total(({ counts }) => otherAnomalies(counts)),
    violations: total(({ counts }) => counts.violations),
    contestedPairs: contested,
    invertedPairs: inverted,
    invertedRate: rate95(inverted, contested),
    handledPerSecond: median(({ throughput }) => throughput.handledPerSecond),
    p50Ms: median(({ latencyMs }) => latencyMs.endToEnd.p50),
    p99Ms: median(({ latencyMs }) => latencyMs.endToEnd.p99),
    handlersMean: median(({ concurrency }) => concurrency.handlersMean),
    heldMax: most(({ concurrency }) => concurrency.heldMax),
    bufferDepthMax: most(({ bufferDepthMax }) => bufferDepthMax),
    peakRssBytes: most(({ peakRssBytes }) => peakRssBytes),
  };
}

/** The id that repeats, and points of a sweep, share. */
export function nameOf({ id }: RunRow): string {
  return id.replace(/(?:@.*)?#\d+$/, '');
}

/** Repeat by repeat: interleaved as they are, those of one round shared what disturbed the machine. */
export function relativeSpeed(rows: readonly RunRow[], baseline: readonly RunRow[]): Ratio95 | null {
  const pairs = rows.flatMap((row) => {
    const other = baseline.find(({ repeat, point }) => repeat === row.repeat && isSame(point, row.point));
    const [before, after] = [other?.throughput.handledPerSecond ?? null, row.throughput.handledPerSecond];
    return before === null || after === null || before <= 0 || after <= 0 ? [] : [{ before, after }];
  });
  const [only] = pairs;
  if (only === undefined) return null;
  if (pairs.length === 1) return { ratio: only.after / only.before, low95: null, high95: null };
  return ratioInterval(
    pairs.map(({ before }) => before),
    pairs.map(({ after }) => after),
    { paired: true },
  );
}

function isSame(one: SweepPoint | null, other: SweepPoint | null): boolean {
  return one?.field === other?.field && one?.value === other?.value;
}

const worstFirst: readonly Outcome[] = ['violated', 'inconclusive', 'ordered'];

function worstOutcome(rows: readonly RunRow[]): Outcome {
  return worstFirst.find((outcome) => rows.some((row) => row.outcome === outcome)) ?? 'inconclusive';
}
