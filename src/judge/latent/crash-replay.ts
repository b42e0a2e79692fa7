/**
 * The latent reason "a crash replays events". A consumer group of Kafka commits positions, not single events: what a
 * member handled since its last commit is handled again when it dies, and, if it commits what has been handled, when the
 * broker does: without a connection it gives up what it has in hand. Where duplicates are not allowed, it was chance
 * that the member had just committed everything. A strategy that repairs its input knows what it handled until it dies. (A durable of JetStream takes each ack by itself; strategies that hold
 * acks back there do not claim to survive a crash.)
 */
import { protocols } from '../../domain/broker/registry.js';
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';
import type { AnomalyKind } from '../../domain/scenario/scenario.js';

/** @param allow kinds of anomalies that do not decide, and so need no guarantee */
export function crashReplay(claims: Claims, allow: readonly AnomalyKind[]): LatentReason[] {
  const { queues, disturb, commitsHandled, repairsInput } = claims;
  const isReplayed = disturb.some(
    ({ kind }) => kind === 'crash' || (kind === 'restart' && commitsHandled === true && !repairsInput),
  );
  if (allow.includes('duplicate') || !isReplayed) return [];
  if (!queues.some(({ protocol }) => protocols[protocol].commitsPositions)) return [];
  return [{ kind: 'latent', of: 'crash-replay', numbers: {}, detail: null }];
}
