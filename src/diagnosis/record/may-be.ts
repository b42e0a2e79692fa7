/** Which anomalies could be of a cause if a record had more than it has: each says so of a family of causes. */
import type { RecordField } from '../../domain/record/record-fields.js';
import type { AnomalySignature } from '../../domain/report/anomaly-signature.js';
import { isOfTwo, type OfTwo } from '../cause-rule.js';

type Lacks = (field: RecordField) => boolean;

/** An event lies in the log behind a higher one. */
export function mayLieInLog(signature: AnomalySignature, isPublisherUnknown: boolean): boolean {
  if (signature.kind === 'storeInversions') return isPublisherUnknown || signature.samePublisher === false;
  if (signature.kind !== 'regressions' || (!isPublisherUnknown && signature.samePublisher)) return false;
  return lostBy(signature) !== 'behind the log';
}

/** The events lie in several partitions. */
export function mayBeSplit(signature: AnomalySignature, lacks: Lacks): boolean {
  if (signature.kind === 'splitKeys') return true;
  return isOfTwo(signature) && (lacks('partition') || !signature.sameLog);
}

/** The two were not seen to be in the wrong order in the log. */
export function isBehindLog(signature: AnomalySignature): signature is OfTwo {
  return isOfTwo(signature) && signature.sameLog && lostBy(signature) !== 'in the log';
}

/** The two were fetched by one subscription, and lost order after that. */
export function mayBeWithinBus(signature: AnomalySignature, lacks: Lacks, isOtherwise: boolean): boolean {
  return isBehindLog(signature) && !isOtherwise && (lacks('subscription') || signature.sameSubscription);
}

export function isInOneLane(signature: AnomalySignature): boolean {
  return isOfTwo(signature) && signature.sameLane;
}

function lostBy(signature: OfTwo): 'in the log' | 'behind the log' | 'not known' {
  if (signature.kind !== 'regressions') return 'behind the log';
  const { origin, lostBetween } = signature;
  const by = lostBetween?.by ?? origin;
  if (by === 'publish' || by === 'store') return 'in the log';
  const after = lostBetween?.after ?? null;
  return lostBetween !== null && (after === null || after === 'publish') ? 'not known' : 'behind the log';
}
