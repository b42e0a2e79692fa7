/**
 * The mechanisms by which an event is delivered again, behind events that followed it, or though it had been handled.
 * What had become of its last delivery tells them apart; each cause has reasons of its own.
 */
import { againReasons, type Again, type AnomalySignature } from '../../domain/report/anomaly-signature.js';
import type { CauseEvidence } from '../../domain/report/cause-evidence.js';
import type { Cause, Explained } from '../../domain/report/run-report.js';
import {
  againIn,
  causeEvidence,
  countsDeliveries,
  countWhere,
  isUnbroken,
  remedy,
  sumOf,
  type CauseRule,
  type ObservedRun,
} from '../cause-rule.js';

type RemedyKind = Parameters<typeof remedy>[0];
type Claim = Parameters<typeof causeEvidence>[0];

interface Redelivery {
  readonly id: string;
  readonly reasons: readonly Again[];
  readonly claim: Claim | ((seen: ObservedRun) => Claim);
  readonly remedy: RemedyKind | ((seen: ObservedRun) => RemedyKind);
  readonly refutes: readonly string[];
  readonly confidence?: (seen: ObservedRun) => Cause['confidence'];
  /** Further evidence. */
  readonly beside?: (seen: ObservedRun) => readonly CauseEvidence[];
  /** Other anomalies that bear its signature, for whatever reason an event came again. */
  readonly alsoOf?: (signature: AnomalySignature) => boolean;
  /** What else must be true of the run. */
  readonly isIn?: (seen: ObservedRun, again: Again) => boolean;
}

function redeliveryCause(redelivery: Redelivery): CauseRule {
  const { id, reasons, claim, ...given } = redelivery;
  const others = againReasons.filter((reason) => !reasons.includes(reason));
  return {
    id,
    matches: (signature, seen) => {
      if (redelivery.alsoOf?.(signature) === true) return true;
      const again = againIn(signature);
      return again !== null && explains(redelivery, again, seen);
    },
    isLatent: (seen) => isUnbroken(seen) && atWork(seen, id) > 0,
    describe: (seen, explained) => ({
      confidence: given.confidence?.(seen) ?? 'certain',
      evidence:
        sumOf(explained) === 0
          ? [causeEvidence('came-again-in-flight', atWork(seen, id), atWork(seen)), ...(given.beside?.(seen) ?? [])]
          : [
              ...lossesIn(seen, explained),
              ...cameAgainIn(seen, explained, claim),
              ...(given.beside?.(seen) ?? []),
              causeEvidence('came-again-otherwise', cameAgainBy(seen, others)),
            ],
      refutes: given.refutes,
      remedy: remedy(typeof given.remedy === 'function' ? given.remedy(seen) : given.remedy),
    }),
  };
}

function lossesIn({ counts }: ObservedRun, { lost }: Explained): readonly CauseEvidence[] {
  return lost === 0 ? [] : [causeEvidence('lost-refused', lost, counts.lost)];
}

function cameAgainIn(seen: ObservedRun, explained: Explained, claim: Redelivery['claim']): readonly CauseEvidence[] {
  const cameAgain = sumOf(explained) - explained.lost;
  if (cameAgain === 0) return [];
  return [causeEvidence(typeof claim === 'function' ? claim(seen) : claim, cameAgain, countWhere(seen))];
}

/**
 * Events that came again while a pair of their queue was in flight, though nothing broke.
 * @param id of the cause whose signature they bear; absent: of any, or none
 */
function atWork(seen: ObservedRun, id?: string): number {
  return againReasons
    .filter((again) => id === undefined || redeliveries.find((one) => explains(one, again, seen))?.id === id)
    .reduce((sum, again) => sum + seen.atWork.cameAgain[again], 0);
}

function explains({ reasons, isIn }: Redelivery, again: Again, seen: ObservedRun): boolean {
  return reasons.includes(again) && (isIn?.(seen, again) ?? true);
}

function cameAgainBy(seen: ObservedRun, reasons: readonly Again[]): number {
  return countWhere(seen, (signature) => {
    const again = againIn(signature);
    return again !== null && reasons.includes(again);
  });
}

const failuresIn = ({ evidence: { timeline } }: ObservedRun): readonly CauseEvidence[] => [
  causeEvidence('handlings-failed', timeline.failures),
];

/** A client that gave up in an outage joins its group anew. */
const rebalancesIn = ({ evidence: { timeline } }: ObservedRun): readonly CauseEvidence[] =>
  timeline.rebalances === 0 ? [] : [causeEvidence('rebalances', timeline.rebalances)];

/** Where handlings go on after their time-out, to try again in the lane is of no use before they have ended. */
function retriedAfterItsEnd(seen: ObservedRun): RemedyKind {
  return cameAgainBy(seen, ['timed-out']) > 0 ? 'stop-at-timeout' : 'retry-in-place';
}

/** A handling that the bus was done with was running beside another one, or ended behind it. */
function ranOn(signature: AnomalySignature): boolean {
  return (signature.kind === 'overlaps' || signature.kind === 'completionInversions') && signature.ranOn;
}

/**
 * What was acknowledged before it came again says little: the ack wait had run out just before, in the queue or in the
 * handler, or the ack was lost. So it goes with the larger part of those that the ack wait brought back while the bus had
 * them, or a backoff; where there are none, it is not explained. Nor is an event whose first delivery was not seen, unless as many first
 * deliveries came late, behind a later one of their event: those waited in their client.
 */
const redeliveries: readonly Redelivery[] = [
  {
    id: 'overflow-reject',
    reasons: ['refused'],
    // Of a broker that counts no deliveries nothing comes again unless its member goes back.
    alsoOf: (signature) =>
      signature.kind === 'lost' && !signature.isCounted && signature.acked === null && signature.state === 'refused',
    claim: 'came-again-refused',
    remedy: 'block-when-full',
    refutes: ['ack-wait-expiry', 'prefetch-aging', 'nak-behind-batch'],
  },
  {
    id: 'give-back',
    reasons: ['given-back'],
    claim: 'came-again-given-back',
    beside: failuresIn,
    remedy: retriedAfterItsEnd,
    refutes: ['ack-wait-expiry', 'prefetch-aging'],
  },
  {
    id: 'timeout-zombie',
    reasons: ['timed-out'],
    alsoOf: ranOn,
    claim: 'came-again-timed-out',
    // A handler that sends its event back itself, and goes on, looks the same.
    confidence: () => 'likely',
    remedy: 'stop-at-timeout',
    refutes: ['ack-wait-expiry', 'nak-behind-batch', 'unawaited-handler'],
  },
  {
    id: 'nak-behind-batch',
    reasons: ['nak'],
    claim: 'came-again-nak',
    beside: failuresIn,
    remedy: 'retry-in-place',
    refutes: ['ack-wait-expiry', 'prefetch-aging', 'missing-ack'],
  },
  {
    id: 'failure-unanswered',
    reasons: ['failed'],
    claim: 'came-again-failed',
    beside: failuresIn,
    remedy: 'retry-in-place',
    refutes: ['ack-wait-expiry', 'prefetch-aging', 'missing-ack'],
  },
  {
    id: 'offset-replay',
    reasons: ['behind-failure'],
    claim: 'came-again-behind-failure',
    beside: failuresIn,
    remedy: retriedAfterItsEnd,
    refutes: ['rebalance-replay', 'publish-retry-duplicate'],
  },
  {
    id: 'rebalance-replay',
    reasons: ['rebalance', 'after-rebalance'],
    // A client that went back for a reason of its own would look the same as what comes after a rebalance.
    confidence: (seen) =>
      cameAgainBy(seen, ['after-rebalance']) > cameAgainBy(seen, ['rebalance', 'held-at-rebalance'])
        ? 'likely'
        : 'certain',
    claim: 'came-again-rebalance',
    beside: ({ evidence: { timeline } }) => [causeEvidence('rebalances', timeline.rebalances)],
    // A position cannot be committed past an event that is still held, however often.
    remedy: (seen) => (cameAgainBy(seen, ['held-at-rebalance']) > 0 ? 'finish-before-handover' : 'commit-more-often'),
    refutes: ['publish-retry-duplicate', 'missing-ack'],
  },
  {
    id: 'crash-redelivery',
    reasons: ['crash'],
    claim: 'came-again-crash',
    remedy: 'one-in-flight',
    refutes: ['ack-wait-expiry', 'nak-behind-batch', 'shared-durable'],
  },
  {
    id: 'reconnect-redelivery',
    reasons: ['connection-lost'],
    claim: (seen) => (countsDeliveries(seen) ? 'came-again-connection-lost' : 'came-again-reconnect'),
    // A client that goes back for a reason of its own looks the same.
    confidence: () => 'likely',
    beside: rebalancesIn,
    remedy: (seen) => (countsDeliveries(seen) ? 'one-in-flight' : 'drop-by-version'),
    refutes: ['ack-wait-expiry', 'nak-behind-batch', 'shared-durable', 'rebalance-replay'],
  },
  {
    id: 'missing-ack',
    reasons: ['unacked', 'running', 'queued', 'backoff'],
    claim: 'came-again-unacked',
    // Where few events came again, acks may have been sent that nobody recorded.
    confidence: ({ counts }) => (2 * counts.duplicates.redelivered >= counts.handled ? 'certain' : 'possible'),
    isIn: ({ evidence: { timeline } }) => timeline.acks + timeline.naks === 0,
    remedy: 'ack-after-handling',
    refutes: ['nak-behind-batch', 'shared-durable'],
  },
  {
    id: 'backoff-overrides-ack-wait',
    reasons: ['backoff', 'acked'],
    claim: 'came-again-backoff',
    isIn: (seen, again) =>
      again === 'backoff' || cameAgainBy(seen, ['backoff']) > cameAgainBy(seen, ['queued', 'running']),
    remedy: 'longer-backoff',
    refutes: ['ack-wait-expiry', 'prefetch-aging', 'nak-behind-batch'],
  },
  {
    id: 'prefetch-aging',
    reasons: ['queued', 'acked', 'unknown'],
    claim: 'came-again-queued',
    isIn: (seen, again) => {
      const queued = cameAgainBy(seen, ['queued']);
      if (again === 'unknown') return countsDeliveries(seen) && queued >= cameAgainBy(seen, ['unknown']);
      return again === 'queued' || queued > cameAgainBy(seen, ['running']);
    },
    remedy: 'fetch-less',
    refutes: ['nak-behind-batch', 'missing-ack', 'shared-durable'],
  },
  {
    id: 'ack-wait-expiry',
    reasons: ['running', 'acked'],
    claim: 'came-again-running',
    isIn: (seen, again) => again === 'running' || cameAgainBy(seen, ['running']) > 0,
    remedy: 'longer-ack-wait',
    refutes: ['nak-behind-batch', 'missing-ack', 'shared-durable'],
  },
];

export const redeliveryCauses: readonly CauseRule[] = redeliveries.map(redeliveryCause);
