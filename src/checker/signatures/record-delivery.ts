/** Remembers a delivery, of an event that comes for the first time or again, and why it comes. */
import type { Delivery } from '../../domain/observation.js';
import type { Again } from '../../domain/report/anomaly-signature.js';
import { hasArrived, type ArrivalState } from '../anomalies/arrivals.js';
import { addRecord, DeliveryRecord, lastRecordOf, type RecordsState } from '../memory/delivery-records.js';
import type { UnitContext } from '../unit-context.js';
import { againOf } from './again.js';

interface RecordedState extends RecordsState, ArrivalState<unknown> {
  /** The highest version that had been started when a service last died. */
  readonly startedBeforeDeath: number;
}

/** @param log numbered as in log-name.ts */
export function recordDelivery(
  state: RecordedState,
  delivery: Delivery,
  log: number,
  context: Pick<UnitContext, 'timeline' | 'living' | 'queues'>,
): DeliveryRecord {
  const before = lastRecordOf(state, delivery.version, delivery.position);
  const again = isFirst(state, delivery, before) ? null : whyAgain(state, delivery, { before, log, context });
  const record = new DeliveryRecord(delivery, again);
  addRecord(state, record, again === null ? null : before);
  return record;
}

/** A broker without delivery counts delivers again what it delivered before from the same place. */
function isFirst(state: RecordedState, delivery: Delivery, before: DeliveryRecord | null): boolean {
  const { version, deliveryCount } = delivery;
  if (deliveryCount !== null) return deliveryCount === 1;
  if (before !== null) return false;
  return lastRecordOf(state, version) !== null || !hasArrived(state, version);
}

interface Around {
  readonly before: DeliveryRecord | null;
  readonly log: number;
  readonly context: Pick<UnitContext, 'timeline' | 'living' | 'queues'>;
}

function whyAgain(state: RecordedState, delivery: Delivery, { before, log, context }: Around): Again {
  const { version, subscription } = delivery;
  // Another message of the same event says nothing of this one.
  if (before === null && lastRecordOf(state, version) !== null) return 'unknown';
  const { timeline, living, queues } = context;
  return againOf({
    ...{ delivery, before, timeline, log },
    group: queues?.queueOf(subscription)?.name ?? null,
    hasStarted: hasArrived(state, version),
    hasStartedBeforeDeath: version <= state.startedBeforeDeath,
    isAlive: living.isAlive,
  });
}
