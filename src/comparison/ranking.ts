/**
 * Ranks the candidates that held order. Each step keeps the best of the candidates that the step before left:
 *
 * 1. it removes the fault, rather than repairing behind it;
 * 2. it promises more: the order of each aggregate, rather than only that of first deliveries, rather than no order;
 * 3. it survives more of the threats on its broker;
 * 4. it is faster: the 95 % interval of the speed ratio excludes 1, or the ratio is beyond 1.25; a single run has no
 *    interval, so there the plain figures decide;
 * 5. its p99, then its p50, is lower, by the same rule;
 * 6. it does without a repair that has nothing to repair;
 * 7. its p99 is lower, by however little; if even that is equal, it was named first.
 *
 * The orders `total`, `per-aggregate` and `per-partition` have one rank in step 2: each keeps the order of every
 * aggregate, `per-partition` as long as a key stays in its partition. What may change the partition counts in step 3.
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
  /** The steps that ruled a candidate out, each with the candidates that it left. */
  readonly steps: readonly RankingStepTaken[];
}

export interface RankingStepTaken {
  readonly step: RankingStep;
  readonly left: readonly Judged[];
  /** False if the step goes by a figure, and the interval of a ruled-out candidate's ratio to the best includes 1. */
  readonly isSure: boolean;
}

export type RowsOf = (candidate: Judged) => readonly RunRow[];

/** @param held the candidates that held an order which they promise */
export function rank(held: readonly [Judged, ...Judged[]], rowsOf: RowsOf): Ranking {
  const steps: RankingStepTaken[] = [];
  let left: readonly Judged[] = held;
  for (const { step, best, figure } of rungs) {
    const better = best(left, rowsOf);
    const out = left.filter((one) => !better.includes(one));
    const isSure = figure === undefined || out.every((one) => isWorse(one, bestBy(left, figure)!, rowsOf, figure));
    if (out.length > 0) steps.push({ step, left: better, isSure });
    left = better;
  }
  return { chosen: left[0] ?? held[0], steps };
}

/** Events that a run handled per second. */
export const speedOfRun: Measure = ({ throughput }) => throughput.handledPerSecond;

/** How a step chooses the best of the candidates that are left. */
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

/** The threats on its broker that a candidate does not promise to survive. */
export function fatalTo({ broker, guarantee: { survives } }: Pick<Judged, 'broker' | 'guarantee'>) {
  return threatsOn(broker).filter((threat) => !survives[threat]);
}

function leastBy(left: readonly Judged[], of: (one: Judged) => number): readonly Judged[] {
  const least = Math.min(...left.map(of));
  return left.filter((one) => of(one) === least);
}

/** A figure that candidates are measured by, repeat by repeat. */
interface Figure {
  /** Over all repeats; less is better. */
  readonly cost: (one: Judged) => number;
  readonly measure: Measure;
  /** Whether less of `measure` is better. */
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

const rungs: readonly Rung[] = [
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

/** A candidate more than a quarter worse is not alike, however wide its interval is. */
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

/** How many times as bad `one` is as `other`; more than 1 is worse. */
function worseBy(one: Judged, other: Judged, rowsOf: RowsOf, { measure, isLessBetter }: Figure): Ratio95 | null {
  return isLessBetter
    ? pairedRatio(rowsOf(one), rowsOf(other), measure)
    : pairedRatio(rowsOf(other), rowsOf(one), measure);
}

function isWorse(one: Judged, best: Judged, rowsOf: RowsOf, figure: Figure): boolean {
  const low95 = worseBy(one, best, rowsOf, figure)?.low95 ?? null;
  return low95 !== null && low95 > 1;
}
