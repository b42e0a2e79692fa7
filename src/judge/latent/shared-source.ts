/**
 * The latent reason "several subscriptions share one queue". Subscriptions that are alive at the same time take from
 * one durable, which lets out more than one delivery and is not pinned, so nothing keeps an aggregate's events in one
 * subscription. It counts when two subscriptions had events of one aggregate, or when pairs were in flight and it was
 * chance that each lay with one subscription. A successor after a death, and a new pin, are hand-overs; a partition of
 * Kafka belongs to one member.
 */
import { protocols } from '../../domain/broker/registry.js';
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';
import type { Evidence } from '../../domain/report/verdict.js';
import { judgedQueues, letsOutOneByOne, type JudgedQueue } from '../judged-queues.js';

export function sharedSource(claims: Claims, evidence: Evidence): LatentReason[] {
  if (claims.repairsInput) return [];
  const shared = judgedQueues(claims, evidence).filter(isShared);
  const sum = (of: (queue: JudgedQueue) => number): number => shared.reduce((total, queue) => total + of(queue), 0);
  const numbers = {
    inFlightPairs: sum(({ seen }) => seen.inFlightPairs),
    splitPairs: sum(({ seen }) => seen.splitPairs),
    sharedAggregates: sum(({ seen }) => seen.sharedAggregates),
  };
  if (numbers.inFlightPairs === 0 && numbers.sharedAggregates === 0) return [];
  return [{ kind: 'latent', of: 'shared-source', numbers, detail: null }];
}

function isShared({ claim }: JudgedQueue): boolean {
  const { protocol, subscriptionsAtOnce, isPinned } = claim;
  return !protocols[protocol].isPartitioned && subscriptionsAtOnce > 1 && !isPinned && !letsOutOneByOne(claim);
}
