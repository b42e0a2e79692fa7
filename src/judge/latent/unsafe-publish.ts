/**
 * The latent reason "an outage of the broker breaks off publishes". A broker that restarts, or refuses writes for a
 * while, breaks off those under way. A publish that waits for no acknowledgement is lost, one that is not tried again
 * is missing, and one that is tried again by a producer that is not idempotent may be stored twice. An idempotent
 * producer of kafkajs with several requests in flight takes back the sequence numbers of the one that failed, and gives
 * them to others (docs/KAFKA.md). It was chance that no publish was under way just then.
 */
import type { Claims, ProducerClaim } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';
import type { AnomalyKind } from '../../domain/scenario/scenario.js';

type Harm = 'lost' | 'given up' | 'stored twice' | 'mixed up';

/** @param allow kinds of anomalies that do not decide, and so need no guarantee */
export function unsafePublish({ producer, disturb }: Claims, allow: readonly AnomalyKind[]): LatentReason[] {
  if (producer === null || !disturb.some(({ kind }) => kind === 'restart' || kind === 'refuse')) return [];
  const harm = harmTo(producer, allow);
  return harm === null ? [] : [{ kind: 'latent', of: 'unsafe-publish', numbers: {}, detail: harm }];
}

function harmTo(
  { acks, idempotent, requestsInFlight, retries }: ProducerClaim,
  allow: readonly AnomalyKind[],
): Harm | null {
  if (acks === 'none') return allow.includes('loss') ? null : 'lost';
  if (retries === 0) return 'given up';
  if (idempotent) return requestsInFlight === 1 ? null : 'mixed up';
  return allow.includes('duplicate') ? null : 'stored twice';
}
