/**
 * Computes the figures of one candidate, which stands for all repeats of one mode with one strategy: sums, medians and
 * intervals over the repeats.
 */
import type { Candidate } from '../domain/report/comparison.js';
import type { Guarantee } from '../domain/scenario/guarantee.js';
import type { RunRow } from '../domain/report/run-report.js';
import { modeRowOf, type Outcome } from '../domain/scenario/scenario.js';
import { otherAnomalies } from '../domain/report/verdict.js';
import { meanInterval, medianOf } from '../statistics/mean-interval.js';
import { pairedRatio } from './paired-ratio.js';
import { mostRunsLosingOrder } from '../domain/scenario/run-bound.js';
import { clusterRate95 } from '../statistics/cluster-rate.js';

/** What a strategy declares about itself. */
export interface Claims {
  readonly guarantee: Guarantee;
  readonly costs: string;
  readonly repairsInput: boolean;
}

/** A candidate as it can be ranked. */
export type Judged = Omit<Candidate, 'isParetoOptimal'>;

/** The part of a candidate that is computed without looking at the other candidates. */
export type OwnFigures = Omit<Judged, 'repairs' | 'probe'>;

/**
 * @param rows the repeats of the candidate, at least one
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
    relativeSpeed: pairedRatio(rows, baseline, ({ throughput }) => throughput.handledPerSecond),
  };
}

/** Counts and measurements over the repeats, without reference to a baseline. */
export function figuresOf(rows: readonly [RunRow, ...RunRow[]]) {
  const total = (of: (row: RunRow) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  const known = (of: (row: RunRow) => number | null): number[] => rows.map(of).filter((value) => value !== null);
  const median = (of: (row: RunRow) => number | null): number | null => medianOf(known(of));
  const most = (of: (row: RunRow) => number | null): number | null => {
    const values = known(of);
    return values.length === 0 ? null : Math.max(...values);
  };
  const outcome = worstOutcome(rows);
  const runsOrdered = rows.filter((row) => row.outcome === 'ordered').length;
  return {
    outcome,
    runs: rows.length,
    runsOrdered,
    runsViolated: rows.filter((row) => row.outcome === 'violated').length,
    atMost: outcome === 'violated' || runsOrdered < 2 ? null : mostRunsLosingOrder(runsOrdered),
    regressions: total(({ counts }) => counts.regressions),
    regressionsUpstream: total(({ origins }) => origins.publish + origins.store + origins.deliver + origins.submit),
    regressionsPerRun: meanInterval(rows.map(({ counts }) => counts.regressions)),
    duplicates: total(({ counts }) => counts.duplicates.total),
    duplicatesRedone: total(({ counts }) => counts.duplicates.redone),
    lost: total(({ counts }) => counts.lost),
    others: total(({ counts }) => otherAnomalies(counts)),
    violations: total(({ counts }) => counts.violations),
    contestedPairs: total(({ exposure }) => exposure.contestedPairs),
    atRiskPairs: total(({ exposure }) => exposure.atRiskPairs),
    invertedPairs: total(({ exposure }) => exposure.invertedPairs),
    invertedRate: clusterRate95(
      rows.map(({ exposure }) => ({ events: exposure.invertedPairs, of: exposure.contestedPairs })),
    ),
    handledPerSecond: median(({ throughput }) => throughput.handledPerSecond),
    p50Ms: median(({ latencyMs }) => latencyMs.endToEnd.p50),
    p99Ms: median(({ latencyMs }) => latencyMs.endToEnd.p99),
    handlersMean: median(({ concurrency }) => concurrency.handlersMean),
    heldMax: most(({ concurrency }) => concurrency.heldMax),
    bufferDepthMax: most(({ bufferDepthMax }) => bufferDepthMax),
    // Resident memory is measured for the whole process, which all candidates share.
    peakRssBytes: null,
  };
}

/** The row's id without its sweep point and repeat: `single+serial@topics=5#2` → `single+serial`. */
export function nameOf({ id }: RunRow): string {
  return id.replace(/(?:@.*)?#\d+$/, '');
}

const worstFirst: readonly Outcome[] = ['violated', 'inconclusive', 'ordered'];

function worstOutcome(rows: readonly RunRow[]): Outcome {
  return worstFirst.find((outcome) => rows.some((row) => row.outcome === outcome)) ?? 'inconclusive';
}
