/**
 * Finds disturbances and handler failures that were asked for and not exercised. A disturbance without any of its
 * effects, or whose effects met no pair at risk, says nothing of how the bus takes it; the same holds for handlers that
 * were to fail. For those, the failure itself has to meet a pair at risk where the strategy claims to survive the
 * redelivery that follows; otherwise the redelivery has to.
 */
import type { Claims } from '../domain/report/claims.js';
import { formatDisturbance, type Disturbance } from '../domain/scenario/disturbance.js';
import type { Reason } from '../domain/report/reason.js';
import type { Evidence } from '../domain/report/verdict.js';
import { judgedQueues, letsOutOneByOne, metAtRisk } from './judged-queues.js';

export function notExercised(claims: Claims, evidence: Evidence): Reason[] {
  return [...disturbances(claims, evidence), ...failures(claims, evidence)];
}

/** The n-th disturbance of a kind that was asked for is the n-th of that kind that was recorded. */
function disturbances(claims: Claims, { disturbances: seen }: Evidence): Reason[] {
  const oneByOne = claims.queues.every(letsOutOneByOne);
  return claims.disturb.flatMap((asked, at): Reason[] => {
    const nth = claims.disturb.slice(0, at).filter(({ kind }) => kind === asked.kind).length;
    const found = seen.filter(({ what }) => what === asked.kind)[nth];
    const effects = found?.effects ?? 0;
    const met = found === undefined ? 0 : found.metInFlight + (oneByOne ? found.metWaiting : 0);
    return met > 0 ? [] : [reasonFor(asked, effects)];
  });
}

function reasonFor(asked: Disturbance, effects: number): Reason {
  const numbers = { effects, metAtRisk: 0 };
  return { kind: 'not-exercised', of: asked.kind, numbers, detail: formatDisturbance(asked) };
}

function failures(claims: Claims, evidence: Evidence): Reason[] {
  if (claims.handlerFailShare === 0) return [];
  const queues = judgedQueues(claims, evidence);
  const effects = queues.reduce((sum, { seen }) => sum + seen.disruptions.failure.count, 0);
  const decisive = claims.guarantee?.survives.redelivery === true ? 'failure' : 'redelivery';
  const met = queues.reduce((sum, { claim, seen }) => sum + metAtRisk(claim, seen.disruptions[decisive]), 0);
  if (met > 0) return [];
  const numbers = { effects, metAtRisk: 0 };
  return [{ kind: 'not-exercised', of: 'handler-fail', numbers, detail: null }];
}
