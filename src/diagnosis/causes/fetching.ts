/**
 * The mechanisms by which several subscriptions hold events of one aggregate at once, each event delivered once: a
 * shared durable, several pullers on one durable, and a partition that changed hands while its old owner was busy.
 */
import type { Origin } from '../../domain/observation.js';
import type { AnomalySignature } from '../../domain/report/anomaly-signature.js';
import {
  againIn,
  causeEvidence,
  countsDeliveries,
  countWhere,
  isOfTwo,
  isUnbroken,
  remedy,
  sumOf,
  type CauseRule,
  type ObservedRun,
} from '../cause-rule.js';

/** Two first deliveries of one topic, which different subscriptions fetched, with nothing lost before. */
function isOfTwoFetchers(signature: AnomalySignature): boolean {
  if (!isOfTwo(signature) || signature.sameSubscription || !signature.sameTopic || !signature.sameLog) return false;
  if (signature.again !== null) return false;
  return signature.kind !== 'regressions' || isLostInBus(signature.origin);
}

function isLostInBus(origin: Origin): boolean {
  return origin === 'deliver' || origin === 'submit' || origin === 'start';
}

function isMisrouted(signature: AnomalySignature): boolean {
  return isOfTwo(signature) && signature.misrouted;
}

/**
 * Where the broker does not count deliveries (Kafka), a partition has one owner, and a subscription that fetched what it
 * does not own had owned it before.
 */
function isAcrossRebalance(signature: AnomalySignature, seen: ObservedRun): boolean {
  return isOfTwo(signature) && (signature.acrossRebalance || (signature.misrouted && !countsDeliveries(seen)));
}

/** Pairs of which two living subscriptions held an event each, and both events came from one queue. */
function isSplitWithinQueue({ evidence }: ObservedRun): boolean {
  return evidence.queues.some(({ splitPairs, sharedAggregates }) => splitPairs > 0 && sharedAggregates > 0);
}

/** Signature: a subscription fetched an event of a topic that it does not own, though no partition changed hands. */
export const sharedDurableCause: CauseRule = {
  id: 'shared-durable',
  matches: (signature, seen) =>
    isOfTwoFetchers(signature) && isMisrouted(signature) && !isAcrossRebalance(signature, seen),
  isLatent: (seen) => seen.counts.misroutes > 0 && seen.exposure.splitPairs > 0 && countsDeliveries(seen),
  describe: ({ counts, exposure }, { regressions }) => ({
    confidence: 'certain',
    evidence: [
      causeEvidence('misroutes', counts.misroutes, counts.delivered),
      regressions > 0
        ? causeEvidence('lost-before-lanes', regressions)
        : causeEvidence('held-by-two-subscriptions', exposure.splitPairs, exposure.inFlightPairs),
      causeEvidence('not-lost-at-start'),
    ],
    refutes: ['competing-pullers', 'unkeyed-pool'],
    remedy: remedy('durable-per-topic'),
  }),
};

/**
 * Anomalies of events that came again while the bus had them. Another puller may then be given the next event while a
 * handling goes on whose delivery has run out, which looks the same.
 */
function cameAgainInHand(seen: ObservedRun): number {
  const inHand = ['timed-out', 'backoff', 'queued', 'running', 'acked'];
  return countWhere(seen, (signature) => inHand.includes(againIn(signature) ?? ''));
}

/** Signature: both subscriptions own the topic, and the broker, which counts deliveries, did not move partitions. */
export const competingPullersCause: CauseRule = {
  id: 'competing-pullers',
  matches: (signature, seen) =>
    isOfTwoFetchers(signature) &&
    !isMisrouted(signature) &&
    !isAcrossRebalance(signature, seen) &&
    countsDeliveries(seen),
  isLatent: (seen) => seen.counts.misroutes === 0 && isSplitWithinQueue(seen) && countsDeliveries(seen),
  describe: (seen, explained) => ({
    confidence:
      cameAgainInHand(seen) === 0 ? 'certain' : cameAgainInHand(seen) < sumOf(explained) ? 'likely' : 'possible',
    evidence: [
      ...(sumOf(explained) > 0 ? [causeEvidence('fetched-by-two-owners', sumOf(explained))] : []),
      causeEvidence('held-by-two-subscriptions', seen.exposure.splitPairs, seen.exposure.inFlightPairs),
      causeEvidence('misroutes', seen.counts.misroutes, seen.counts.delivered),
    ],
    refutes: ['shared-durable', 'unkeyed-pool'],
    remedy: remedy('one-puller'),
  }),
};

function isOfRebalance(signature: AnomalySignature, seen: ObservedRun): boolean {
  if (againIn(signature) === 'held-at-rebalance') return true;
  if (!isOfTwo(signature) || signature.sameSubscription || !isAcrossRebalance(signature, seen)) return false;
  if (!signature.sameLog) return false;
  return signature.kind !== 'regressions' || (isLostInBus(signature.origin) && signature.again === null);
}

/** Members were put out, and nothing was seen that makes members come, go, or be out of hearing. */
function putsMembersOut({ evidence: { timeline } }: ObservedRun): boolean {
  return timeline.putOuts > 0 && timeline.memberChanges === 0;
}

/**
 * Signature: as of a partition that changed hands, in a run in which members were put out, and nothing was done to them.
 * A member that stands still for another reason looks the same.
 */
export const sessionShorterThanHandlerCause: CauseRule = {
  id: 'session-shorter-than-handler',
  matches: (signature, seen) =>
    putsMembersOut(seen) &&
    (isOfRebalance(signature, seen) || ['rebalance', 'after-rebalance'].includes(againIn(signature) ?? '')),
  isLatent: putsMembersOut,
  describe: ({ evidence: { timeline, queues } }) => ({
    confidence: 'likely',
    evidence: [
      causeEvidence('members-put-out', timeline.putOuts, timeline.rebalances),
      causeEvidence(
        'longest-without-heartbeat',
        Math.max(0, ...queues.map(({ longestHeartbeatMs }) => longestHeartbeatMs ?? 0)),
      ),
      causeEvidence('no-member-change'),
    ],
    refutes: [],
    remedy: remedy('longer-session'),
  }),
};

/** Pairs in flight at two members, and events that came to a new owner while the old one held them. */
function heldByTwoMembers(seen: ObservedRun): number {
  return countsDeliveries(seen) ? 0 : seen.exposure.splitPairs + seen.atWork.cameAgain['held-at-rebalance'];
}

/**
 * Signature: two members hold events of one aggregate, and partitions were given out anew between the two deliveries; or
 * one event, which its old owner still held when the new one got it.
 */
export const rebalanceOverlapCause: CauseRule = {
  id: 'rebalance-overlap',
  matches: isOfRebalance,
  isLatent: (seen) =>
    isUnbroken(seen) && !putsMembersOut(seen) && seen.evidence.timeline.rebalances > 0 && heldByTwoMembers(seen) > 0,
  describe: (seen, explained) => ({
    confidence: 'certain',
    evidence: [
      causeEvidence(
        'held-by-two-members',
        isUnbroken(seen) ? heldByTwoMembers(seen) : sumOf(explained),
        seen.evidence.timeline.rebalances,
      ),
      ...(explained.duplicates > 0 ? [] : [causeEvidence('not-within-one-member')]),
    ],
    refutes: ['unkeyed-pool'],
    remedy: remedy('finish-before-handover'),
  }),
};
