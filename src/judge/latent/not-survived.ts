/**
 * The latent reason "the strategy does not claim to survive what happened". A redelivery or a disturbance came while a
 * pair of that queue was at risk; it could have broken order, and did not. A strategy of which nothing is known claims
 * nothing.
 *
 * A disturbance acts at the moment at which it is done and at the moments at which its effects are seen, which may be
 * later. Both count; with the first alone, a disturbance whose effects met pairs at risk would be taken for harmless.
 */
import type { Claims } from '../../domain/report/claims.js';
import type { Guarantee } from '../../domain/scenario/guarantee.js';
import type { LatentReason } from '../../domain/report/reason.js';
import type { DisturbanceAction } from '../../domain/scenario/disturbance.js';
import type { DisruptionKind, Evidence } from '../../domain/report/verdict.js';
import { judgedQueues, letsOutOneByOne, metAtRisk } from '../judged-queues.js';

type Threat = keyof Guarantee['survives'] & DisruptionKind;

/** Each with the disturbances that bring it about. */
const threats: Readonly<Record<Threat, readonly DisturbanceAction['kind'][]>> = {
  redelivery: [],
  crash: ['crash'],
  resize: ['workers'],
  rebalance: ['join', 'leave', 'stall'],
  partitions: ['partitions'],
};
const threatNames = Object.keys(threats) as readonly Threat[];

export function notSurvived(claims: Claims, evidence: Evidence): LatentReason[] {
  const queues = judgedQueues(claims, evidence);
  const met = (threat: Threat): number => {
    if (claims.guarantee?.survives[threat] === true) return 0;
    const whenDone = queues.reduce((sum, { claim, seen }) => sum + metAtRisk(claim, seen.disruptions[threat]), 0);
    return Math.max(whenDone, byEffects(threat, claims, evidence));
  };
  const numbers = Object.fromEntries(threatNames.map((threat) => [threat, met(threat)])) as Record<Threat, number>;
  if (threatNames.every((threat) => numbers[threat] === 0)) return [];
  return [{ kind: 'latent', of: 'not-survived', numbers, detail: null }];
}

/** Disturbances of which an effect met a pair at risk. */
function byEffects(threat: Threat, { queues }: Claims, { disturbances }: Evidence): number {
  const oneByOne = queues.every(letsOutOneByOne);
  const own = disturbances.filter(({ what }) => (threats[threat] as readonly string[]).includes(what));
  return own.filter(({ metInFlight, metWaiting }) => metInFlight > 0 || (oneByOne && metWaiting > 0)).length;
}
