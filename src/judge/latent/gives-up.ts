/**
 * The broker gives up on an event after so many deliveries, and an event came so often that one failure more would have been
 * its last: it is lost then. That no event failed once more was chance.
 */
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';
import type { AnomalyKind } from '../../domain/scenario/scenario.js';
import type { Evidence } from '../../domain/report/verdict.js';
import { judgedQueues } from '../queues.js';

/** @param allow kinds of anomalies that do not decide, and so need no guarantee */
export function givesUp(claims: Claims, evidence: Evidence, allow: readonly AnomalyKind[]): LatentReason[] {
  if (allow.includes('loss')) return [];
  const near = judgedQueues(claims, evidence).flatMap(({ claim: { maxDeliver }, seen: { mostDeliveries } }) =>
    maxDeliver !== null && mostDeliveries !== null && mostDeliveries > 1 && mostDeliveries + 1 >= maxDeliver
      ? [{ maxDeliver, mostDeliveries }]
      : [],
  );
  const [first] = near;
  return first === undefined ? [] : [{ kind: 'latent', of: 'gives-up', numbers: first, detail: null }];
}
