/**
 * Ranks the candidates that held order, and says by what the first one came first. Each step keeps the best of those
 * that the step before left, until one is left:
 *
 * 1. it removes the fault, rather than repairing behind it;
 * 2. it promises more: each aggregate's order, rather than that of events which are delivered once, rather than none;
 * 3. it survives more of what can happen on its broker;
 * 4. it is faster, where the intervals over the repeats part, or the middle of a wide one lies a quarter away; a single
 *    run has none, so there the figures decide;
 * 5. its p99, then its p50, is lower, likewise;
 * 6. it does without a repair that has nothing to repair;
 * 7. its p99 is lower at all; then, the one that was named first.
 *
 * An order over all events (`total`) keeps each aggregate's no better than `per-aggregate`, and so does `per-partition`
 * while a key stays in its partition, so these are one rank; what may change the partition is counted in step 3.
 */
import type { Ratio95 } from '../domain/report/comparison.js';
import type { Guarantee } from '../domain/scenario/guarantee.js';
import type { RunRow } from '../domain/report/run-report.js';
import { threatsOn } from '../domain/scenario/survival.js';
import { pairedRatio, type Measure } from './paired-ratio.js';
import type { Judged } from './candidate.js';

export type RankingStep = 'fault' | 'promise' | 'survival' | 'speed' | 'p99' | 'p50' | 'plain' | 'first';

export interface Ranking {
  readonly chosen: Judged;
  /** The steps that left fewer than came in, with those that they left. */
  readonly steps: readonly RankingStepTaken[];
}

export interface RankingStepTaken {
  readonly step: RankingStep;
  readonly left: readonly Judged[];
  /** Of a figure: the intervals of all that it left out part from the best. */
  readonly isSure: boolean;
}

export type RowsOf = (candidate: Judged) => readonly RunRow[];

/** @param held those that held an order which they promise */
export function rank(held: readonly [Judged, ...Judged[]], rowsOf: RowsOf): Ranking {
  const steps: RankingStepTaken[] = [];
  let left: readonly Judged[] = held;
  for (const { step, best, figure } of ladder) {
    const better = best(left, rowsOf);
    const out = left.filter((one) => !better.includes(one));
    const isSure = figure === undefined || out.every((one) => isWorse(one, bestBy(left, figure)!, rowsOf, figure));
    if (out.length > 0) steps.push({ step, left: better, isSure });
    left = better;
  }
  return { chosen: left[0] ?? held[0], steps };
}

/** Handled/s of a run. */
export const speedOfRun: Measure = ({ throughput }) => throughput.handledPerSecond;

interface Rung {
  readonly step: RankingStep;
  readonly best: (left: readonly Judged[], rowsOf: RowsOf) => readonly Judged[];
  readonly figure?: Figure;
}

const ranks: Readonly<Record<Guarantee['order'], number>> = {
  none: 0,
  'per-aggregate, first pass': 1,
  'per-partition': 2,
  'per-aggregate': 2,
  total: 2,
};

/** What it does not promise to survive, of what can happen on its broker. */
export function fatalTo({ broker, guarantee: { survives } }: Pick<Judged, 'broker' | 'guarantee'>) {
  return threatsOn(broker).filter((threat) => !survives[threat]);
}

function leastBy(left: readonly Judged[], of: (one: Judged) => number): readonly Judged[] {
  const least = Math.min(...left.map(of));
  return left.filter((one) => of(one) === least);
}

/** A figure that candidates are measured by, repeat by repeat. */
interface Figure {
  /** Of all repeats; less is better. */
  readonly cost: (one: Judged) => number;
  readonly measure: Measure;
  /** Of a run. */
  readonly isLessBetter: boolean;
}

const speed: Figure = {
  cost: ({ handledPerSecond }) => -(handledPerSecond ?? 0),
  measure: speedOfRun,
  isLessBetter: false,
};

function latency(quantile: 'p50' | 'p99'): Figure {
  return {
    cost: ({ p50Ms, p99Ms }) => (quantile === 'p50' ? p50Ms : p99Ms) ?? Infinity,
    measure: ({ latencyMs }) => latencyMs.endToEnd[quantile],
    isLessBetter: true,
  };
}

const ladder: readonly Rung[] = [
  { step: 'fault', best: (left) => leastBy(left, ({ repairs }) => (repairs === 'behind a fault' ? 1 : 0)) },
  { step: 'promise', best: (left) => leastBy(left, ({ guarantee }) => -ranks[guarantee.order]) },
  { step: 'survival', best: (left) => leastBy(left, (one) => fatalTo(one).length) },
  byFigure('speed', speed),
  byFigure('p99', latency('p99')),
  byFigure('p50', latency('p50')),
  { step: 'plain', best: (left) => leastBy(left, ({ repairsInput }) => (repairsInput ? 1 : 0)) },
  { step: 'first', best: (left) => leastBy(left, ({ p99Ms }) => p99Ms ?? Infinity).slice(0, 1) },
];

function byFigure(step: RankingStep, figure: Figure): Rung {
  return { step, figure, best: (left, rowsOf) => alike(left, rowsOf, figure) };
}

/** What is a quarter worse in the middle of its interval is not alike, however wide the interval is. */
const mostAlike = 1.25;

function bestBy(left: readonly Judged[], { cost }: Figure): Judged | undefined {
  return leastBy(left, cost)[0];
}

function alike(left: readonly Judged[], rowsOf: RowsOf, figure: Figure): readonly Judged[] {
  const best = bestBy(left, figure);
  if (best === undefined) return left;
  return left.filter((one) => {
    if (figure.cost(one) === figure.cost(best)) return true;
    const ratio = worseBy(one, best, rowsOf, figure);
    return ratio !== null && ratio.low95 !== null && ratio.low95 <= 1 && ratio.ratio <= mostAlike;
  });
}

/** How many times as bad as another one it is. */
function worseBy(one: Judged, other: Judged, rowsOf: RowsOf, { measure, isLessBetter }: Figure): Ratio95 | null {
  return isLessBetter
    ? pairedRatio(rowsOf(one), rowsOf(other), measure)
    : pairedRatio(rowsOf(other), rowsOf(one), measure);
}

function isWorse(one: Judged, best: Judged, rowsOf: RowsOf, figure: Figure): boolean {
  const low95 = worseBy(one, best, rowsOf, figure)?.low95 ?? null;
  return low95 !== null && low95 > 1;
}
