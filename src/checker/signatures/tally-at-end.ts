/**
 * Tallies the anomalies that are known only at the end of a run: losses, phantoms and split keys. The examples of a
 * loss are the first ones, by aggregate; the worst split key is that with most consecutive versions in different
 * partitions.
 */
import { missing } from '../../domain/observation.js';
import { topicOfLog } from '../memory/log-name.js';
import type { DeliveryRecord } from '../memory/delivery-records.js';
import type { OpenEvent } from '../memory/open-event.js';
import type { Sighting } from '../sighting.js';
import { lossSignatureOf } from './loss-signature.js';
import type { SignatureTally } from './signature-tally.js';
import { splitKeySignatureOf } from './split-key-signature.js';
import { placeOf, type TalliedUnit } from './tally-anomaly.js';

/** @param record of its last delivery; see {@link lossSignatureOf} */
export function tallyLoss(
  unit: TalliedUnit,
  event: OpenEvent,
  record: DeliveryRecord | null,
  signatures: SignatureTally,
): void {
  const counter = signatures.add(lossSignatureOf(event, record));
  if (!counter.takes(0)) return;
  const { timeline } = unit.context;
  counter.keep({
    ...{ aggregate: unit.aggregate, badness: 0, measure: null, stamp: missing, crossedAt: null, otherEvent: null },
    event: record?.copy() ?? placeOf(unit, event.version),
    otherDelivery: record?.other?.copy() ?? null,
    amid: record?.state === 'crashed' ? timeline.lastDeath : null,
  });
}

/** @param expansions how often partitions were added */
export function tallySplitKeys(
  unit: TalliedUnit & { readonly logSwitches: number },
  count: number,
  expansions: number,
  signatures: SignatureTally,
): void {
  const signature = splitKeySignatureOf(unit, expansions);
  const counter = signatures.add(signature, count);
  if (!counter.takes(unit.logSwitches)) return;
  const apart = firstApart(unit);
  if (apart === null) return;
  const [event, otherEvent] = apart;
  counter.keep({
    ...{ aggregate: unit.aggregate, badness: unit.logSwitches, measure: 'extent', stamp: missing },
    ...{ crossedAt: 'store', event, otherEvent, otherDelivery: null },
    amid: signature.afterExpansion ? unit.context.timeline.lastExpansion : null,
  });
}

/** The first remembered event that does not lie where the one before it of its topic does, and that one. */
function firstApart(unit: TalliedUnit): readonly [event: Sighting, before: Sighting] | null {
  const { positions } = unit;
  /** By topic. */
  const last = new Map<number, number>();
  for (let version = Math.max(1, positions.lowest); version <= positions.highest; version++) {
    if (positions.positionOf(version) === 0) continue;
    const log = positions.partitionOf(version);
    const before = last.get(topicOfLog(log));
    if (before !== undefined && positions.partitionOf(before) !== log) {
      return [placeOf(unit, version), placeOf(unit, before)];
    }
    last.set(topicOfLog(log), version);
  }
  return null;
}
