/**
 * The latent reason "the broker gives up on an event". After `max_deliver` deliveries an event is given up and lost;
 * here an event came so often that one more failure would have been its last. It was chance that it did not fail once
 * more.
 */
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';
import type { AnomalyKind } from '../../domain/scenario/scenario.js';
import type { Evidence } from '../../domain/report/verdict.js';
import { judgedQueues } from '../judged-queues.js';

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
