/** Counts what the two events of each regression do not have in common, as far as the record has the field. */
import type { RecordField } from '../../domain/record/record-fields.js';
import type { RecordPairs } from '../../domain/record/record-report.js';
import type { RegressionSignature } from '../../domain/report/anomaly-signature.js';
import type { Verdict } from '../../domain/report/verdict.js';

/** @returns null: no event was late */
export function pairsOf(
  { counts, signatures }: Pick<Verdict, 'counts' | 'signatures'>,
  has: (field: RecordField) => boolean,
): RecordPairs | null {
  if (counts.regressions === 0) return null;
  const count = (field: RecordField, is: (signature: RegressionSignature) => boolean): number | null => {
    if (!has(field)) return null;
    return signatures.reduce(
      (sum, { signature, count: many }) => sum + (signature.kind === 'regressions' && is(signature) ? many : 0),
      0,
    );
  };
  return {
    regressions: counts.regressions,
    otherPublisher: count('publisher', ({ samePublisher }) => !samePublisher),
    otherPartition: count('partition', ({ sameLog }) => !sameLog),
    otherSubscription: count('subscription', ({ sameSubscription }) => !sameSubscription),
    otherLane: count('lane', ({ sameLane }) => !sameLane),
    redelivered: count(has('deliveryCount') ? 'deliveryCount' : 'position', ({ again }) => again !== null),
  };
}
