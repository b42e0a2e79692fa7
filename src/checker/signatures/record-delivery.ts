/** Remembers a delivery, of an event that comes for the first time or again, and why it comes. */
import type { Delivery } from '../../domain/observation.js';
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
  { timeline, living }: Pick<UnitContext, 'timeline' | 'living'>,
): DeliveryRecord {
  const { version, deliveryCount } = delivery;
  const isFirst = deliveryCount === 1 || (deliveryCount === null && !isKnownPlace(state, delivery));
  const before = isFirst ? null : lastRecordOf(state, version);
  const again = isFirst
    ? null
    : againOf({
        delivery,
        before,
        timeline,
        log,
        hasStarted: hasArrived(state, version),
        hasStartedBeforeDeath: version <= state.startedBeforeDeath,
        isAlive: living.isAlive,
      });
  const record = new DeliveryRecord(delivery, again);
  addRecord(state, record, before);
  return record;
}

/** Whether an event was delivered from the same log place before, on a broker without delivery counts. */
function isKnownPlace(state: RecordedState, { version, position }: Delivery): boolean {
  const before = lastRecordOf(state, version);
  return before === null ? hasArrived(state, version) : before.position === position;
}
