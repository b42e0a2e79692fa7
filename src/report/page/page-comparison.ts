/** Makes what the page shows of a comparison beside its table: what candidates cost, by what they promise. */
import type { Candidate, Comparison } from '../../domain/report/comparison.js';
import type { Guarantee } from '../../domain/scenario/guarantee.js';
import { threatsOn } from '../../domain/scenario/survival.js';
import { promiseInBrief } from '../words/advice/promise-text.js';
import type { PageCandidate, PageClock, PageComparison } from './page-data.js';

export function pageComparisonOf({ candidates, recommendation }: Comparison, clock: PageClock): PageComparison {
  const levels = new Map<string, Candidate[]>();
  for (const one of [...candidates].sort((a, b) => strengthOf(b) - strengthOf(a))) {
    const text = promiseInBrief(one.guarantee, threatsOn(one.broker));
    levels.set(text, [...(levels.get(text) ?? []), one]);
  }
  return {
    clock,
    promises: [...levels].map(([text, ofLevel]) => ({
      text,
      candidates: ofLevel.map((one) => candidateOf(one, one.name === recommendation.candidate)),
    })),
  };
}

function candidateOf(one: Candidate, isRecommended: boolean): PageCandidate {
  const { name, outcome, notRun, isParetoOptimal, handledPerSecond, p99Ms, heldMax } = one;
  return { name, outcome, isRun: notRun === null, isParetoOptimal, isRecommended, handledPerSecond, p99Ms, heldMax };
}

const orders: readonly Guarantee['order'][] = [
  'none',
  'per-aggregate, first pass',
  'per-partition',
  'per-aggregate',
  'total',
];

/** By the order that it promises, then by the threats on its broker that it does not promise to survive. */
function strengthOf({ broker, guarantee: { order, survives } }: Candidate): number {
  const threats = threatsOn(broker);
  const open = threats.filter((threat) => !survives[threat]).length;
  return orders.indexOf(order) * 10 - open;
}
