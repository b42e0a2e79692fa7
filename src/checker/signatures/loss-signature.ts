/** Says how far an event that was lost had got, by its last delivery. */
import type { LossSignature, LossState } from '../../domain/report/anomaly-signature.js';
import type { DeliveryState } from '../../domain/report/witness.js';
import type { DeliveryRecord } from '../memory/delivery-records.js';
import type { OpenEvent } from '../memory/open-event.js';

/** @param record of the last delivery; null: there was none, or it was acknowledged without having been handled */
export function lossSignatureOf(event: OpenEvent, record: DeliveryRecord | null): LossSignature {
  const isCounted = record !== null && record.deliveryCount !== null;
  if (record === null) {
    const notDelivered = event.deduplicated ? 'deduplicated' : 'not-delivered';
    return { kind: 'lost', state: event.delivered ? 'discarded' : notDelivered, acked: null, isCounted };
  }
  return { kind: 'lost', state: states[record.state], acked: ackedOf(record), isCounted };
}

/** A delivery that was done is no loss; its event can be lost only if it was done after the end of the observations. */
const states: Readonly<Record<DeliveryState, LossState>> = {
  waiting: 'not-started',
  running: 'running',
  failed: 'failed',
  retried: 'failed',
  crashed: 'cut-off',
  rejected: 'refused',
  'given-back': 'given-back',
  discarded: 'discarded',
  done: 'running',
};

function ackedOf({ answer, answeredStamp, startStamp, finishStamp }: DeliveryRecord): LossSignature['acked'] {
  if (answer !== 'ack') return null;
  if (startStamp === 0 || answeredStamp < startStamp) return 'before-start';
  return finishStamp === 0 || answeredStamp < finishStamp ? 'before-finish' : 'after-finish';
}
