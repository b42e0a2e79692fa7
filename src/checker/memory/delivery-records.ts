/**
 * Keeps the last delivery of each event of one unit from its hand-over until it has been handled and acknowledged: what
 * became of it, and how it was answered. From that follows why an event is delivered again, and how far an event had got
 * that was lost. What ended well is forgotten at once, so there are about as many records as deliveries in flight.
 *
 * Events are mostly handled and acknowledged in the order in which they came, so looking from the oldest record on finds
 * most of them at once.
 */
import type { Attempt, AttemptOutcome, Delivery } from '../../domain/observation.js';
import { missing } from '../../domain/observation.js';
import type { ReleaseKind } from '../../domain/run-note.js';
import type { Again } from '../../domain/report/anomaly-signature.js';

/** Of a unit in which nothing is ever acknowledged, the latest so many are kept. */
const recordsMax = 1_024;
/** The lane of a delivery that has not been started. */
const noLane = -2;

export type DeliveryState = 'waiting' | 'running' | AttemptOutcome | ReleaseKind;
export type Answer = 'ack' | 'nak' | 'term';

export class DeliveryRecord {
  readonly id: number;
  readonly version: number;
  readonly topic: number;
  readonly partition: number;
  readonly owned: boolean;
  readonly position: number;
  /** The broker counts deliveries. */
  readonly isCounted: boolean;
  readonly subscription: number;
  readonly deliverStamp: number;
  /** Whole milliseconds. */
  readonly deliveredAtMs: number;
  /** Why it is not the first delivery of its event; null: it is. */
  readonly again: Again | null;
  submitStamp = missing;
  lane = noLane;
  startStamp = missing;
  /** Whole milliseconds. */
  startedAtMs = 0;
  finishStamp = missing;
  state: DeliveryState = 'waiting';
  answer: Answer | null = null;
  answeredStamp = missing;
  /** Why the event was delivered again while the bus still held this delivery; null: it was not. */
  supersededBy: Again | null = null;
  /** The record that was added next. */
  next: DeliveryRecord | null = null;

  constructor(delivery: Delivery, again: Again | null) {
    const { id, version, topic, partition, owned, position, deliveryCount, subscription, deliverStamp, deliveredAtMs } =
      delivery;
    this.id = id;
    this.version = version;
    this.topic = topic;
    this.partition = partition;
    this.owned = owned;
    this.position = position;
    this.isCounted = deliveryCount !== null;
    this.subscription = subscription;
    this.deliverStamp = deliverStamp;
    this.deliveredAtMs = Math.trunc(deliveredAtMs);
    this.again = again;
  }

  start({ lane, startStamp, startedAtMs, delivery }: Attempt): void {
    this.submitStamp = delivery.submitStamp;
    this.lane = lane;
    this.startStamp = startStamp;
    this.startedAtMs = Math.trunc(startedAtMs);
    this.state = 'running';
  }
}

/** The records of one unit, in the order in which they were added: a list that is empty as soon as nothing is held. */
export interface RecordsState {
  oldestRecord: DeliveryRecord | null;
  newestRecord: DeliveryRecord | null;
  records: number;
  /** Highest version of which a record was dropped because there were too many. */
  droppedUpTo: number;
}

/**
 * The last delivery of the version, if it has not been handled and acknowledged.
 * @param position of the message; 0: of any
 */
export function lastRecordOf({ oldestRecord }: RecordsState, version: number, position = 0): DeliveryRecord | null {
  let last = null;
  for (let record = oldestRecord; record !== null; record = record.next) {
    const isThere = position === 0 || record.position === 0 || record.position === position;
    if (record.version === version && isThere) last = record;
  }
  return last;
}

/** The record of the delivery with this id. */
export function recordOf({ oldestRecord }: RecordsState, id: number): DeliveryRecord | null {
  for (let record = oldestRecord; record !== null; record = record.next) if (record.id === id) return record;
  return null;
}

/** @param before the last delivery of the same event: kept beside the new one for as long as the bus holds it */
export function addRecord(state: RecordsState, record: DeliveryRecord, before: DeliveryRecord | null): void {
  if (before !== null) {
    before.supersededBy = record.again ?? 'unknown';
    forgetIfOver(state, before);
  }
  if (state.newestRecord === null) state.oldestRecord = record;
  else state.newestRecord.next = record;
  state.newestRecord = record;
  state.records++;
  if (state.records > recordsMax) {
    state.droppedUpTo = Math.max(state.droppedUpTo, state.oldestRecord!.version);
    forget(state, state.oldestRecord!);
  }
}

/** An attempt has ended. Returns the record of its delivery; null if there is none. */
export function finishRecord(state: RecordsState, { delivery, outcome, finishStamp }: Attempt): DeliveryRecord | null {
  const record = recordOf(state, delivery.id);
  if (record === null) return null;
  record.finishStamp = finishStamp;
  record.state = outcome ?? 'running';
  forgetIfOver(state, record);
  return record;
}

export function answerRecord(state: RecordsState, id: number, answer: Answer, stamp: number): void {
  const record = recordOf(state, id);
  if (record?.answer !== null) return;
  record.answer = answer;
  record.answeredStamp = stamp;
  forgetIfOver(state, record);
}

/** The bus lets go of the delivery, though no handler of it has ended. */
export function releaseRecord(state: RecordsState, id: number, kind: ReleaseKind): void {
  const record = recordOf(state, id);
  if (record === null) return;
  record.state = kind;
  forgetIfOver(state, record);
}

/** A delivery is over once it was handled and acknowledged; or once the bus let it go, if its event came again. */
function forgetIfOver(state: RecordsState, record: DeliveryRecord): void {
  const { state: is, answer, supersededBy } = record;
  const isHeld = is === 'waiting' || is === 'running' || is === 'retried';
  const isOver = (is === 'done' || is === 'discarded') && answer === 'ack';
  if (isOver || (supersededBy !== null && !isHeld)) forget(state, record);
}

function forget(state: RecordsState, record: DeliveryRecord): void {
  let before: DeliveryRecord | null = null;
  for (let one = state.oldestRecord; one !== record; one = one.next) {
    if (one === null) return;
    before = one;
  }
  if (before === null) state.oldestRecord = record.next;
  else before.next = record.next;
  if (state.newestRecord === record) state.newestRecord = before;
  state.records--;
  // Whoever still holds the record does not hold those that came after it.
  record.next = null;
}
