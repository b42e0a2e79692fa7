/**
 * The mechanisms within the bus: events came in order and lost it on the way to the handler, or were handled at once.
 */
import type { AnomalySignature } from '../../domain/report/anomaly-signature.js';
import { causeEvidence, countWhere, isOfTwo, isUnbroken, remedy, sumOf, type CauseRule } from '../cause-rule.js';

/**
 * Two first deliveries of one log, in order until they were submitted. What was handled with success only after the
 * other had ended, and not as a further attempt at one delivery, is of another message of the same event.
 */
function isWithinBus(signature: AnomalySignature): boolean {
  if (!isOfTwo(signature) || signature.again !== null || !signature.sameLog || !signature.sameTopic) return false;
  if (signature.kind === 'completionInversions' && !signature.atOnce && !signature.retried) return false;
  return signature.kind !== 'regressions' || signature.origin === 'start';
}

function isInTwoLanes(signature: AnomalySignature): boolean {
  return isOfTwo(signature) && !signature.sameLane && !signature.outsideLanes;
}

/** Signature: one of the two ran outside the lanes. */
export const overflowFallbackCause: CauseRule = {
  id: 'overflow-fallback',
  matches: (signature) => isWithinBus(signature) && isOfTwo(signature) && signature.outsideLanes,
  isLatent: (seen) => isUnbroken(seen) && seen.atWork.outsideLanes > 0,
  describe: (seen, explained) => ({
    confidence: 'certain',
    evidence: isUnbroken(seen)
      ? [causeEvidence('ran-outside-lanes-in-flight', seen.atWork.outsideLanes)]
      : [
          causeEvidence('overtook-outside-lanes', sumOf(explained)),
          causeEvidence(
            'in-two-lanes',
            countWhere(seen, (one) => isWithinBus(one) && isInTwoLanes(one)),
          ),
        ],
    refutes: ['unkeyed-pool', 'pool-resize'],
    remedy: remedy('block-when-full'),
  }),
};

function isAcrossResize(signature: AnomalySignature): boolean {
  return isOfTwo(signature) && signature.acrossResize;
}

/** The two were fetched by one subscription and ran in different lanes, neither tried again at one delivery. */
function isOfUnkeyedLanes(signature: AnomalySignature): boolean {
  if (!isWithinBus(signature) || !isInTwoLanes(signature)) return false;
  if (!isOfTwo(signature) || !signature.sameSubscription) return false;
  return signature.kind !== 'completionInversions' || !signature.retried;
}

/**
 * Signature: the number of lanes changed while lanes were chosen for the two, which went to different ones. Where lanes
 * are chosen by aggregate, every such pair lies around a resize; a single one that does not shows that they are not, and
 * then the resize explains nothing.
 */
export const poolResizeCause: CauseRule = {
  id: 'pool-resize',
  matches: (signature, seen) =>
    isWithinBus(signature) &&
    isInTwoLanes(signature) &&
    isAcrossResize(signature) &&
    countWhere(seen, (one) => isOfUnkeyedLanes(one) && !isAcrossResize(one)) === 0,
  describe: (seen, explained) => ({
    confidence: 'certain',
    evidence: [
      causeEvidence('across-resize', sumOf(explained), seen.evidence.timeline.resizes),
      causeEvidence(
        'not-across-resize',
        countWhere(seen, (one) => isWithinBus(one) && isInTwoLanes(one) && !isAcrossResize(one)),
      ),
    ],
    refutes: ['unkeyed-pool', 'shared-durable'],
    remedy: remedy('drain-before-resize'),
  }),
};

/** Signature: the two ran in different lanes. */
export const unkeyedPoolCause: CauseRule = {
  id: 'unkeyed-pool',
  matches: isOfUnkeyedLanes,
  describe: (_seen, { regressions, overlaps }) => ({
    confidence: 'certain',
    evidence: [
      regressions > 0
        ? causeEvidence('started-in-different-lanes', regressions)
        : causeEvidence('ran-at-once-in-lanes', overlaps),
      causeEvidence('not-lost-at-deliver'),
    ],
    refutes: ['shared-durable', 'pool-resize'],
    remedy: remedy('lane-by-aggregate'),
  }),
};

function isInOneLane(signature: AnomalySignature): boolean {
  return isWithinBus(signature) && isOfTwo(signature) && signature.sameLane && !signature.outsideLanes;
}

function isOverlapInOneLane(signature: AnomalySignature): boolean {
  return isInOneLane(signature) && signature.kind === 'overlaps';
}

/**
 * Signature: the two ran at once in one lane, which starts one after the other has ended. Where pairs did, handlings
 * that are on their way to their start at once may start in any order, too. Where none did, a lane that starts its
 * events in another order looks the same, and what started in the wrong order is not explained.
 */
export const unawaitedHandlerCause: CauseRule = {
  id: 'unawaited-handler',
  matches: (signature, seen) =>
    isOverlapInOneLane(signature) ||
    (isInOneLane(signature) && signature.kind === 'completionInversions' && !signature.retried) ||
    (isInOneLane(signature) && signature.kind === 'regressions' && countWhere(seen, isOverlapInOneLane) > 0),
  describe: (_seen, { overlaps, regressions }) => ({
    confidence: 'likely',
    evidence: [
      causeEvidence('ran-at-once-in-one-lane', overlaps),
      ...(regressions === 0 ? [] : [causeEvidence('started-in-one-lane', regressions)]),
      causeEvidence('not-lost-at-deliver'),
    ],
    refutes: ['unkeyed-pool', 'shared-durable'],
    remedy: remedy('await-handler'),
  }),
};

/** Signature: the event that finished late had been tried again at one delivery, behind others of its lane. */
export const retryAtTailCause: CauseRule = {
  id: 'retry-at-tail',
  matches: (signature) =>
    isWithinBus(signature) && signature.kind === 'completionInversions' && signature.sameLane && signature.retried,
  describe: (_seen, { completionInversions }) => ({
    confidence: 'likely',
    evidence: [causeEvidence('retried-behind-others', completionInversions), causeEvidence('not-lost-at-deliver')],
    refutes: ['nak-behind-batch', 'unkeyed-pool'],
    remedy: remedy('retry-in-place'),
  }),
};
