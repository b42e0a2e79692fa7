/**
 * The mechanisms that put an aggregate's events into the log in the wrong order, or twice: several publishers, a publish
 * that is sent again, a client that overtakes itself. No consumer can have caused these.
 */
import type { AnomalySignature } from '../../domain/report/anomaly-signature.js';
import type { Cause } from '../../domain/report/run-report.js';
import { causeEvidence, countWhere, isUnbroken, remedy, type CauseRule, type ObservedRun } from '../cause-rule.js';

/** A version that lies behind a higher one in one log, or a pair that does. */
function isInverted(signature: AnomalySignature): boolean {
  if (signature.kind === 'storeInversions') return true;
  if (signature.kind !== 'regressions' || !signature.sameLog) return false;
  return signature.origin === 'store' || (signature.origin === 'publish' && !signature.samePublisher);
}

/** A pair of one publisher, with a publish that was sent again since its late event's publish call. */
function isAfterRetry(signature: AnomalySignature): boolean {
  return signature.kind === 'regressions' && isInverted(signature) && signature.samePublisher && signature.afterRetry;
}

/** null: not known, or not a matter of publishers. */
function samePublisherIn(signature: AnomalySignature): boolean | null {
  const { kind } = signature;
  return kind === 'storeInversions' || kind === 'regressions' ? signature.samePublisher : null;
}

/** Signature: the two events were sent by different publishers. */
export const concurrentPublishersCause: CauseRule = {
  id: 'concurrent-publishers',
  matches: (signature) => isInverted(signature) && samePublisherIn(signature) === false,
  isLatent: (seen) => isUnbroken(seen) && seen.evidence.publishOverlaps.acrossPublishers > 0,
  describe: (seen, { storeInversions }) => ({
    confidence: 'certain',
    evidence: isUnbroken(seen)
      ? [causeEvidence('sent-by-different-publishers', seen.evidence.publishOverlaps.acrossPublishers)]
      : [
          causeEvidence('stored-behind-higher', storeInversions),
          causeEvidence('sent-by-different-publishers', seen.evidence.publishOverlaps.acrossPublishers),
          causeEvidence('log-out-of-order'),
        ],
    refutes: ['shared-durable', 'unkeyed-pool'],
    remedy: remedy('one-publisher'),
  }),
};

/** How often something befell publishes that were under way: they were sent again, or their connection was lost. */
function publishFaults({ timeline }: ObservedRun['evidence']): number {
  return timeline.produceRetries + timeline.publisherDisconnects;
}

function confidenceInPool(faults: number, unacknowledged: number): Cause['confidence'] {
  if (faults > 0) return 'possible';
  return unacknowledged > 0 ? 'likely' : 'certain';
}

/**
 * Signature: one publisher sent both, and it sends over several connections, of an aggregate's events one at a time over
 * each: so the two were under way over different ones, unless a publish was given up or sent again. Pairs around a retry
 * are left to that; in a run with such faults the rest is no more than possible.
 */
export const versionBeforeSendCause: CauseRule = {
  id: 'version-before-send',
  matches: (signature, { evidence }) =>
    isInverted(signature) &&
    samePublisherIn(signature) === true &&
    evidence.timeline.pooledPublishers > 0 &&
    evidence.publishOverlaps.withinPublisher > 0 &&
    !isAfterRetry(signature),
  describe: ({ counts, evidence }, { storeInversions }) => ({
    confidence: confidenceInPool(publishFaults(evidence), counts.published - counts.acked),
    evidence: [
      causeEvidence('stored-behind-higher', storeInversions),
      causeEvidence('sent-over-connections', evidence.timeline.pooledPublishers),
      causeEvidence('calls-overlapped', evidence.publishOverlaps.withinPublisher),
    ],
    refutes: ['concurrent-publishers', 'shared-durable', 'unkeyed-pool'],
    remedy: remedy('send-in-turn'),
  }),
};

/**
 * Signature: one publisher sent both, and publishes were sent again, or a connection of a publisher was lost. While a client recovers, its first attempts are out
 * of order too, so not every pair lies around a retry of its own; where most do not, the cause is no more than likely.
 */
export const publishRetryCause: CauseRule = {
  id: 'publish-retry',
  matches: (signature, { evidence }) =>
    isInverted(signature) && samePublisherIn(signature) === true && publishFaults(evidence) > 0,
  describe: (seen, { storeInversions, regressions }) => ({
    confidence:
      seen.evidence.timeline.produceRetries > 0 && 2 * countWhere(seen, isAfterRetry) >= regressions
        ? 'certain'
        : 'likely',
    evidence: [
      seen.evidence.timeline.produceRetries > 0
        ? causeEvidence('stored-behind-higher-after-retries', storeInversions, seen.evidence.timeline.produceRetries)
        : causeEvidence(
            'stored-behind-higher-after-disconnects',
            storeInversions,
            seen.evidence.timeline.publisherDisconnects,
          ),
      causeEvidence('sent-by-one-publisher'),
    ],
    refutes: ['concurrent-publishers', 'shared-durable', 'unkeyed-pool'],
    remedy: remedy('one-request-in-flight'),
  }),
};

/**
 * Signature: one publisher sent both, its calls overlapped, and no publish was seen to be sent again, nor a connection lost. A retry inside the
 * client that nobody notes looks the same, so this is no more than possible.
 */
export const clientOvertakesCause: CauseRule = {
  id: 'client-overtakes',
  matches: (signature, { evidence }) =>
    isInverted(signature) &&
    samePublisherIn(signature) === true &&
    evidence.publishOverlaps.withinPublisher > 0 &&
    evidence.timeline.pooledPublishers === 0 &&
    publishFaults(evidence) === 0,
  describe: ({ evidence }, { storeInversions }) => ({
    confidence: 'possible',
    evidence: [
      causeEvidence('stored-behind-higher', storeInversions),
      causeEvidence('calls-overlapped', evidence.publishOverlaps.withinPublisher),
      causeEvidence('no-publish-sent-again'),
    ],
    refutes: ['concurrent-publishers', 'shared-durable', 'unkeyed-pool'],
    remedy: remedy('one-request-in-flight'),
  }),
};

/** Signature: an event came from two places in the log, and a publish had been sent again. */
export const publishRetryDuplicateCause: CauseRule = {
  id: 'publish-retry-duplicate',
  matches: (signature) => signature.kind === 'duplicates' && signature.as === 'storedTwice' && signature.afterRetry,
  describe: (seen, { duplicates }) => ({
    confidence: 'likely',
    evidence: [
      causeEvidence('stored-twice-after-retries', duplicates, seen.evidence.timeline.produceRetries),
      causeEvidence(
        'same-place-again',
        countWhere(seen, (signature) => signature.kind === 'duplicates' && signature.as === 'redelivered'),
      ),
    ],
    refutes: ['rebalance-replay', 'missing-ack'],
    remedy: remedy('idempotent-producer'),
  }),
};
