/**
 * The mechanisms by which an event is never handled though its publish was acknowledged. How far its last delivery got,
 * and whether and when that was acknowledged, tells them apart.
 */
import type { AnomalySignature, LossSignature } from '../../domain/report/anomaly-signature.js';
import { causeEvidence, countWhere, remedy, type CauseRule, type ObservedRun } from '../cause-rule.js';

function isLoss(signature: AnomalySignature, isLike: (loss: LossSignature) => boolean): boolean {
  return signature.kind === 'lost' && isLike(signature);
}

/** Signature: acknowledged before its handling had ended, and the handling never succeeded. */
export const ackBeforeHandlingCause: CauseRule = {
  id: 'ack-before-handling',
  matches: (signature) => isLoss(signature, ({ acked }) => acked === 'before-start' || acked === 'before-finish'),
  describe: (seen, { lost }) => ({
    confidence: 'certain',
    evidence: [
      causeEvidence('lost-acked-early', lost, seen.counts.lost),
      causeEvidence(
        'lost-unacked',
        countWhere(seen, (signature) => isLoss(signature, ({ acked }) => acked === null)),
      ),
    ],
    refutes: ['max-deliver-skip', 'ack-without-success'],
    remedy: remedy('ack-after-handling'),
  }),
};

/** Signature: its handling failed, and it was acknowledged after that. */
export const ackWithoutSuccessCause: CauseRule = {
  id: 'ack-without-success',
  matches: (signature) => isLoss(signature, ({ state, acked }) => state === 'failed' && acked === 'after-finish'),
  describe: (seen, { lost }) => ({
    confidence: 'certain',
    evidence: [causeEvidence('lost-acked-after-failure', lost, seen.counts.lost)],
    refutes: ['max-deliver-skip', 'ack-before-handling'],
    remedy: remedy('ack-success-only'),
  }),
};

function isGivenUp(signature: AnomalySignature): boolean {
  return isLoss(
    signature,
    ({ state, acked, isCounted }) =>
      isCounted &&
      acked === null &&
      ['failed', 'not-started', 'running', 'cut-off', 'refused', 'given-back'].includes(state),
  );
}

function mostDeliveries({ evidence }: ObservedRun): number {
  return Math.max(0, ...evidence.queues.map((queue) => queue.mostDeliveries ?? 0));
}

/**
 * The only delivery that the broker grants may die on the wire, or in a client that hands it over to nobody. What had
 * been handed over to the service that died, and was not delivered again either, shows that the broker grants no second.
 */
function isGivenUpUnseen(signature: AnomalySignature, seen: ObservedRun): boolean {
  return (
    isLoss(signature, ({ state }) => state === 'not-delivered') &&
    seen.evidence.timeline.deaths > 0 &&
    mostDeliveries(seen) === 1 &&
    countWhere(seen, (one) => isGivenUp(one) && isLoss(one, ({ state }) => state === 'cut-off')) > 0
  );
}

/**
 * Signature: delivered, not acknowledged, and not delivered again, by a broker that counts deliveries and says that it
 * gave events up; or never seen delivered, in a run in which a service died and such a broker delivered nothing twice. A
 * consumer without acks looks the same, but for what the broker says.
 */
export const maxDeliverSkipCause: CauseRule = {
  id: 'max-deliver-skip',
  matches: (signature, seen) => seen.evidence.givenUp > 0 && (isGivenUp(signature) || isGivenUpUnseen(signature, seen)),
  describe: (seen) => {
    const [givenUp, unseen] = [countWhere(seen, isGivenUp), countWhere(seen, (one) => isGivenUpUnseen(one, seen))];
    return {
      confidence: unseen > givenUp ? 'likely' : 'certain',
      evidence: [
        causeEvidence('lost-given-up', givenUp, seen.counts.lost),
        ...(unseen === 0 ? [] : [causeEvidence('lost-on-the-way', unseen, seen.counts.lost)]),
        causeEvidence('most-deliveries', mostDeliveries(seen)),
      ],
      refutes: ['ack-before-handling', 'ack-without-success'],
      remedy: remedy('no-delivery-limit'),
    };
  },
};

/**
 * Signature: its handling failed, it was not acknowledged, and the position moved past it; the broker counts none. Where
 * nothing at all was acknowledged no position was committed, or nobody saw the acks.
 */
export const commitPastFailureCause: CauseRule = {
  id: 'commit-past-failure',
  matches: (signature, { evidence: { timeline } }) =>
    timeline.acks > 0 &&
    isLoss(signature, ({ state, acked, isCounted }) => !isCounted && acked === null && state === 'failed'),
  describe: (seen, { lost }) => ({
    confidence: 'likely',
    evidence: [causeEvidence('lost-position-past', lost, seen.counts.lost)],
    refutes: ['ack-before-handling', 'max-deliver-skip'],
    remedy: remedy('commit-up-to-failure'),
  }),
};

/** Signature: never delivered, and the broker said that it had stored the message before. */
export const dedupeWindowCause: CauseRule = {
  id: 'dedupe-window',
  matches: (signature) => isLoss(signature, ({ state }) => state === 'deduplicated'),
  describe: (seen, { lost }) => ({
    confidence: 'certain',
    evidence: [causeEvidence('lost-deduplicated', lost, seen.counts.lost)],
    refutes: ['max-deliver-skip', 'ack-before-handling'],
    remedy: remedy('own-message-id'),
  }),
};
