/** Makes one number of a signature, the same for equal signatures only, so that counting them is cheap. */
import { stages, type Origin } from '../../domain/observation.js';
import {
  againReasons,
  explainedKinds,
  followerSteps,
  lossStates,
  type Again,
  type AnomalySignature,
  type DuplicateSignature,
  type LossSignature,
  type PairSigns,
  type RegressionSignature,
} from '../../domain/report/anomaly-signature.js';

const origins: readonly Origin[] = [...stages, 'unknown'];
const duplicateKinds: readonly DuplicateSignature['as'][] = ['redelivered', 'storedTwice', 'unflagged'];
const ackMoments: readonly LossSignature['acked'][] = [null, 'before-start', 'before-finish', 'after-finish'];
/** More than there are kinds of anomalies. */
const kindsMax = 16;

export function signatureKey(signature: AnomalySignature): number {
  return partsOf(signature) * kindsMax + explainedKinds.indexOf(signature.kind);
}

/** The fields of the signature as the digits of a number, each in a base of its own. */
function partsOf(signature: AnomalySignature): number {
  switch (signature.kind) {
    case 'regressions': {
      const { samePublisher, afterRetry, origin } = signature;
      const own = origins.indexOf(origin) * 4 + bit(samePublisher) * 2 + bit(afterRetry);
      return (own * betweenRange + betweenPart(signature)) * pairRange + pairParts(signature);
    }
    case 'overlaps':
      return bit(signature.ranOn) * pairRange + pairParts(signature);
    case 'completionInversions':
      return (
        (bit(signature.atOnce) * 4 + bit(signature.retried) * 2 + bit(signature.ranOn)) * pairRange +
        pairParts(signature)
      );
    case 'duplicates': {
      const { as, again, afterRetry } = signature;
      return (duplicateKinds.indexOf(as) * againRange + againPart(again)) * 2 + bit(afterRetry);
    }
    case 'lost': {
      const { state, acked, isCounted } = signature;
      return (lossStates.indexOf(state) * ackMoments.length + ackMoments.indexOf(acked)) * 2 + bit(isCounted);
    }
    case 'storeInversions':
      return signature.samePublisher === null ? 2 : bit(signature.samePublisher);
    case 'splitKeys': {
      const { returns, publishers, publishersKeep, followers, afterExpansion } = signature;
      const kept = followerSteps.indexOf(followers) * 2 + bit(publishersKeep);
      return kept * 8 + bit(returns) * 4 + bit(publishers === 'several') * 2 + bit(afterExpansion);
    }
    case 'phantoms':
      return 0;
  }
}

const againRange = againReasons.length + 1;
const pairRange = againRange * 256;

function pairParts(signs: PairSigns): number {
  const { sameSubscription, sameLane, sameTopic, sameLog, misrouted, outsideLanes, again } = signs;
  const first = bit(sameSubscription) * 128 + bit(sameLane) * 64 + bit(sameTopic) * 32 + bit(sameLog) * 16;
  const last = bit(misrouted) * 8 + bit(outsideLanes) * 4 + bit(signs.acrossResize) * 2 + bit(signs.acrossRebalance);
  return againPart(again) * 256 + first + last;
}

/** No range, or the last stage in order and the first that is not. */
const betweenRange = 1 + (stages.length + 1) * stages.length;

function betweenPart({ lostBetween }: RegressionSignature): number {
  if (lostBetween === null) return 0;
  const after = lostBetween.after === null ? 0 : stages.indexOf(lostBetween.after) + 1;
  return 1 + after * stages.length + stages.indexOf(lostBetween.by);
}

function againPart(again: Again | null): number {
  return again === null ? 0 : againReasons.indexOf(again) + 1;
}

function bit(is: boolean): number {
  return is ? 1 : 0;
}
