/**
 * The queues of a run, each with what was seen of it beside what was claimed of it. A pair that waits at the broker is
 * at risk only where the queue lets one delivery out at a time: there, the waiting is what keeps order. So what met a
 * waiting pair counts there only.
 */
import type { Claims, QueueClaim } from '../domain/report/claims.js';
import type { Evidence, QueueEvidence } from '../domain/report/verdict.js';

export interface JudgedQueue {
  readonly claim: QueueClaim;
  readonly seen: QueueEvidence;
}

/** Queues of which something was seen, and something claimed. */
export function judgedQueues(claims: Claims, { queues }: Evidence): JudgedQueue[] {
  return claims.queues.flatMap((claim) => {
    const seen = queues.find(({ queue }) => queue === claim.name);
    return seen === undefined ? [] : [{ claim, seen }];
  });
}

export function letsOutOneByOne({ limit }: QueueClaim): boolean {
  return limit === 1;
}

/** How often something met a pair at risk. */
export function metAtRisk(
  claim: QueueClaim,
  met: { readonly metInFlight: number; readonly metWaiting: number },
): number {
  return met.metInFlight + (letsOutOneByOne(claim) ? met.metWaiting : 0);
}
