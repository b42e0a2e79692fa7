/**
 * Ranks the candidates that held order. Each step keeps the best of the candidates that the step before left:
 *
 * 1. it removes the fault, rather than repairing behind it;
 * 2. it held order also where a few handlers fail, if that was tried;
 * 3. it promises more: the order of each aggregate, rather than only that of first deliveries, rather than no order;
 * 4. it leaves fewer of the threats on its broker open;
 * 5. it is faster: the 95 % interval of the speed ratio excludes 1, or the ratio is beyond 1.25; a single run has no
 *    interval, so there the plain ratio decides;
 * 6. its p99, then its p50, is lower, by the same rule;
 * 7. it does without a repair that has nothing to repair;
 * 8. its p99 is lower, by however little; if even that is equal, it was named first.
 *
 * The orders `total`, `per-aggregate` and `per-partition` have one rank in step 3: each keeps the order of every
 * aggregate, `per-partition` as long as a key stays in its partition. What may change the partition counts in step 4.
 */
import type { Measured } from '../domain/report/advice.js';
import type { Outcome } from '../domain/scenario/scenario.js';
import type { Guarantee } from '../domain/scenario/guarantee.js';
import { threatsOn, type Threat } from '../domain/scenario/survival.js';
import type { Judged } from './candidate.js';
import { isWorse, type RowsOf } from './figures.js';

export type RankingStep = 'fault' | 'probe' | 'promise' | 'survival' | Measured | 'plain' | 'first';

export interface Ranking {
  readonly chosen: Judged;
  /** The steps that ruled a candidate out, each with the candidates before it and those that it left. */
  readonly steps: readonly RankingStepTaken[];
}

export interface RankingStepTaken {
  readonly step: RankingStep;
  readonly before: readonly Judged[];
  readonly left: readonly Judged[];
}

/** @param held the candidates that held an order which they promise */
export function rank(held: readonly [Judged, ...Judged[]], rowsOf: RowsOf): Ranking {
  const steps: RankingStepTaken[] = [];
  let left: readonly Judged[] = held;
  for (const { step, best } of rungs) {
    const before = left;
    left = best(before, rowsOf);
    if (left.length < before.length) steps.push({ step, before, left });
  }
  return { chosen: left[0] ?? held[0], steps };
}

/** How a step chooses the best of the candidates that are left. */
interface Rung {
  readonly step: RankingStep;
  readonly best: (left: readonly Judged[], rowsOf: RowsOf) => readonly Judged[];
}

const ranks: Readonly<Record<Guarantee['order'], number>> = {
  none: 0,
  'per-aggregate, first pass': 1,
  'per-partition': 2,
  'per-aggregate': 2,
  total: 2,
};

const probeRanks: Readonly<Record<Outcome, number>> = { ordered: 0, inconclusive: 1, violated: 2 };

/** What was not tried is as unclear as what could not be told. */
export function probeRankOf({ probe }: Pick<Judged, 'probe'>): number {
  return probeRanks[probe?.outcome ?? 'inconclusive'];
}

/** The threats on its broker that a candidate does not promise to survive. */
export function fatalTo({ broker, guarantee: { survives } }: Pick<Judged, 'broker' | 'guarantee'>): readonly Threat[] {
  return threatsOn(broker).filter((threat) => !survives[threat]);
}

/** Whether it neither repairs its input nor holds early events back. */
export function isPlain({ repairsInput, bufferDepthMax }: Judged): boolean {
  return !repairsInput && bufferDepthMax === null;
}

function leastBy(left: readonly Judged[], of: (one: Judged) => number): readonly Judged[] {
  const least = Math.min(...left.map(of));
  return left.filter((one) => of(one) === least);
}

const rungs: readonly Rung[] = [
  { step: 'fault', best: (left) => leastBy(left, ({ repairs }) => (repairs === 'behind a fault' ? 1 : 0)) },
  { step: 'probe', best: (left) => leastBy(left, probeRankOf) },
  { step: 'promise', best: (left) => leastBy(left, ({ guarantee }) => -ranks[guarantee.order]) },
  { step: 'survival', best: (left) => leastBy(left, (one) => fatalTo(one).length) },
  byFigure('speed'),
  byFigure('p99'),
  byFigure('p50'),
  { step: 'plain', best: (left) => leastBy(left, (one) => (isPlain(one) ? 0 : 1)) },
  { step: 'first', best: (left) => leastBy(left, ({ p99Ms }) => p99Ms ?? Infinity).slice(0, 1) },
];

/** Rules out what is worse than another one; where each is worse than some other one, which takes gaps, nothing. */
function byFigure(of: Measured): Rung {
  return {
    step: of,
    best: (left, rowsOf) => {
      const better = left.filter((one) => !left.some((other) => isWorse(one, other, of, rowsOf)));
      return better.length === 0 ? left : better;
    },
  };
}
