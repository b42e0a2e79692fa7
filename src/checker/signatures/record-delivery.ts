/** Remembers a delivery, of an event that comes for the first time or again, and why it comes. */
import type { Delivery } from '../../domain/observation.js';
import type { Again } from '../../domain/report/anomaly-signature.js';
import { hasArrived, type ArrivalState } from '../anomalies/arrivals.js';
import { addRecord, DeliveryRecord, lastRecordOf, type RecordsState } from '../memory/delivery-records.js';
import { wasObservedAt, type LogPlaceState } from '../memory/log-places.js';
import type { UnitContext } from '../unit-context.js';
import { againOf } from './again.js';

interface RecordedState extends RecordsState, ArrivalState<unknown>, Pick<LogPlaceState, 'positions' | 'duplicates'> {
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
  const before = lastRecordOf(state, delivery.version, delivery);
  const again = isFirst(state, delivery, log, before) ? null : whyAgain(state, delivery, { before, log, context });
  if (delivery.deliveryCount !== null && delivery.deliveryCount > 1) state.hasCountedAgain = true;
  const record = new DeliveryRecord(delivery, again);
  addRecord(state, record, again === null ? null : before);
  return record;
}

/**
 * A broker that counts deliveries says which is the first; if a later one came before it, it is not the first that came.
 * A broker without delivery counts delivers again what it delivered before from the same place. Where the place is not
 * known, that is told by whether another delivery of the event is still remembered.
 */
function isFirst(state: RecordedState, delivery: Delivery, log: number, before: DeliveryRecord | null): boolean {
  const { version, deliveryCount, position } = delivery;
  if (deliveryCount !== null && deliveryCount > 1) return false;
  if (before !== null) return false;
  if (!hasArrived(state, version)) return true;
  const wasThere = wasObservedAt(state, version, log, position);
  if (wasThere !== null) return !wasThere;
  return deliveryCount !== null || lastRecordOf(state, version) !== null;
}

interface Around {
  readonly before: DeliveryRecord | null;
  readonly log: number;
  readonly context: Pick<UnitContext, 'timeline' | 'living' | 'queues'>;
}

/**
 * Why what the broker counts as a first delivery comes behind another one: it waited in its client until the broker had
 * delivered the event again; or a consumer was made anew and began to count anew, as the successor of a service that had
 * died does whose consumer keeps no position.
 */
function whyFirstAgain(
  state: RecordedState,
  delivery: Delivery,
  before: DeliveryRecord | null,
  { living, timeline, queues }: Around['context'],
): Again {
  const { version, subscription } = delivery;
  if (state.hasCountedAgain) {
    const queue = queues?.queueOf(subscription)?.name ?? null;
    return timeline.backoffs.hasBroughtBackSincePublish(queue, delivery) ? 'backoff' : 'queued';
  }
  const isOfDead = before === null ? version <= state.startedBeforeDeath : !living.isAlive(before.subscription);
  return isOfDead ? 'crash' : 'unknown';
}

function whyAgain(state: RecordedState, delivery: Delivery, { before, log, context }: Around): Again {
  const { version, subscription } = delivery;
  if (delivery.deliveryCount === 1) return whyFirstAgain(state, delivery, before, context);
  // Another message of the same event says nothing of this one.
  if (before === null && delivery.deliveryCount !== null && lastRecordOf(state, version) !== null) return 'unknown';
  const { timeline, living, queues } = context;
  return againOf({
    ...{ delivery, before, timeline, log },
    group: queues?.queueOf(subscription)?.name ?? null,
    isForgotten: version <= state.droppedUpTo,
    hasStarted: hasArrived(state, version),
    hasStartedBeforeDeath: version <= state.startedBeforeDeath,
    isAlive: living.isAlive,
  });
}
