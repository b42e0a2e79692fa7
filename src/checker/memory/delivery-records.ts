/**
 * Keeps the last delivery of each event of one unit from its hand-over until it has been handled and acknowledged: what
 * became of it, and how it was answered. From that follows why an event is delivered again, and how far an event had got
 * that was lost. What ended well is forgotten at once, so there are about as many records as deliveries in flight.
 *
 * Events are mostly handled and acknowledged in the order in which they came, so looking from the oldest record on finds
 * most of them at once.
 */
import type { Attempt, Delivery } from '../../domain/observation.js';
import { missing } from '../../domain/observation.js';
import type { ReleaseKind } from '../../domain/run-note.js';
import type { Again } from '../../domain/report/anomaly-signature.js';
import type { Answer, DeliveryState, Moment } from '../../domain/report/witness.js';
import { microsecondsOf, noLane, type Sighting } from '../sighting.js';

/** Of a unit in which nothing is ever acknowledged, the latest so many are kept. */
const recordsMax = 1_024;

/** Times are in whole microseconds. */
export class DeliveryRecord {
  readonly id: number;
  readonly version: number;
  readonly topic: number;
  readonly publisher: number;
  readonly publishStamp: number;
  readonly publishedAtUs: number;
  readonly partition: number;
  readonly owned: boolean;
  readonly position: number;
  /** null: the broker counts none. */
  readonly deliveryCount: number | null;
  readonly subscription: number;
  readonly deliverStamp: number;
  readonly deliveredAtUs: number;
  /** Why it is not the first delivery of its event; null: it is. */
  readonly again: Again | null;
  submitStamp = missing;
  lane = noLane;
  attempt = 0;
  startStamp = missing;
  startedAtUs = 0;
  finishStamp = missing;
  finishedAtUs = 0;
  state: DeliveryState = 'waiting';
  answer: Answer | null = null;
  answeredStamp = missing;
  answeredAtUs = 0;
  /** Why the event was delivered again while the bus still held this delivery; null: it was not. */
  supersededBy: Again | null = null;
  /** The delivery of the same event before this one; or, if the bus still held this one when that came, after it. */
  other: DeliveryRecord | null = null;
  /** Id of the delivery of the same event before this one; -1: there is none. */
  beforeId = -1;
  /** The delivery before this one was acknowledged after this one had come. */
  isBeforeAckedLate = false;
  /** Overlaps and duplicates that were counted since an attempt of it was running, as is proven once that ends. */
  overlapped = 0;
  repeated = 0;
  /** The record that was added next. */
  next: DeliveryRecord | null = null;
  /** A copy as of the last attempt, if anybody keeps one; it learns what becomes of that. */
  kept: Sighting | null = null;

  constructor(delivery: Delivery, again: Again | null) {
    this.id = delivery.id;
    this.version = delivery.version;
    this.topic = delivery.topic;
    this.publisher = delivery.publisher;
    this.publishStamp = delivery.publishStamp;
    this.publishedAtUs = microsecondsOf(delivery.publishedAtMs);
    this.partition = delivery.partition;
    this.owned = delivery.owned;
    this.position = delivery.position;
    this.deliveryCount = delivery.deliveryCount;
    this.subscription = delivery.subscription;
    this.deliverStamp = delivery.deliverStamp;
    this.deliveredAtUs = microsecondsOf(delivery.deliveredAtMs);
    this.again = again;
  }

  /** @param copy of the attempt; null: nobody keeps one so far */
  start({ lane, number, startStamp, startedAtMs, delivery }: Attempt, copy: Sighting | null): void {
    this.submitStamp = delivery.submitStamp;
    this.lane = lane;
    this.attempt = number;
    this.startStamp = startStamp;
    this.startedAtUs = microsecondsOf(startedAtMs);
    this.state = 'running';
    this.kept = copy;
    tell(this);
  }

  finish({ outcome, finishStamp, finishedAtMs }: Attempt): void {
    this.finishStamp = finishStamp;
    this.finishedAtUs = microsecondsOf(finishedAtMs);
    this.state = outcome ?? 'running';
    tell(this);
  }

  answered(answer: Answer, stamp: number, atMs: number): void {
    this.answer = answer;
    this.answeredStamp = stamp;
    this.answeredAtUs = microsecondsOf(atMs);
    tell(this);
  }

  release(kind: ReleaseKind): void {
    this.state = kind;
    tell(this);
  }

  /** The bus has the delivery in hand. */
  get isHeld(): boolean {
    return this.state === 'waiting' || this.state === 'running' || this.state === 'retried';
  }

  /** It was sent back while its last attempt was running, which went on. */
  get isSentBackRunning(): boolean {
    if (this.answer !== 'nak' || this.startStamp === missing || this.answeredStamp < this.startStamp) return false;
    return this.finishStamp < this.startStamp || this.answeredStamp < this.finishStamp;
  }

  /** A copy of it as of its last attempt. */
  copy(): Sighting {
    const { version, topic, publisher, publishStamp, publishedAtUs, partition, position, deliveryCount } = this;
    const { again, subscription, owned, deliverStamp, deliveredAtUs } = this;
    const { submitStamp, lane, attempt, startStamp, startedAtUs } = this;
    const { state, finishStamp, finishedAtUs, answer, answeredStamp, answeredAtUs } = this;
    return (this.kept ??= {
      ...{ version, topic, publisher, publishStamp, publishedAtUs, partition, position, deliveryCount },
      ...{ isRedelivery: again !== null, again, subscription, owned, deliverStamp, deliveredAtUs },
      ...{ submitStamp, lane, attempt, startStamp, startedAtUs },
      ...{ state, finishStamp, finishedAtUs, answer, answeredStamp, answeredAtUs },
    });
  }
}

function tell(record: DeliveryRecord): void {
  const copy = record.kept;
  if (copy === null) return;
  copy.state = record.state;
  copy.finishStamp = record.finishStamp;
  copy.finishedAtUs = record.finishedAtUs;
  copy.answer = record.answer;
  copy.answeredStamp = record.answeredStamp;
  copy.answeredAtUs = record.answeredAtUs;
}

/** The records of one unit, in the order in which they were added: a list that is empty as soon as nothing is held. */
export interface RecordsState {
  oldestRecord: DeliveryRecord | null;
  newestRecord: DeliveryRecord | null;
  records: number;
  /** Highest version of which a record was dropped because there were too many. */
  droppedUpTo: number;
  /** A broker that counts deliveries has delivered something again. */
  hasCountedAgain: boolean;
}

/** Where a message lies in the log; position 0 and partition -1 are unknown. */
type MessagePlace = Pick<DeliveryRecord, 'topic' | 'partition' | 'position'>;

/**
 * The last delivery of the version, if it has not been handled and acknowledged.
 * @param place of the message; absent: of any
 */
export function lastRecordOf(
  { oldestRecord }: RecordsState,
  version: number,
  place: MessagePlace | null = null,
): DeliveryRecord | null {
  let last = null;
  for (let record = oldestRecord; record !== null; record = record.next) {
    if (record.version === version && (place === null || isMaybeThere(record, place))) last = record;
  }
  return last;
}

function isMaybeThere(record: DeliveryRecord, { topic, partition, position }: MessagePlace): boolean {
  if (record.position === 0 || position === 0) return true;
  if (record.position !== position || record.topic !== topic) return false;
  return record.partition < 0 || partition < 0 || record.partition === partition;
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
    // Only what is still held may be handled after the new one; others lead no further, so that no chain grows.
    before.other = before.isHeld ? record : null;
    record.other = before;
    record.beforeId = before.id;
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
export function finishRecord(state: RecordsState, attempt: Attempt): DeliveryRecord | null {
  const record = recordOf(state, attempt.delivery.id);
  if (record === null) return null;
  record.finish(attempt);
  forgetIfOver(state, record);
  return record;
}

export function answerRecord(state: RecordsState, id: number, answer: Answer, when: Moment): void {
  const record = recordOf(state, id);
  if (record === null && answer === 'ack') ackedLate(state, id);
  if (record?.answer !== null) return;
  record.answered(answer, when.stamp, when.atMs);
  forgetIfOver(state, record);
}

/** A delivery that was forgotten when its event came again is acknowledged. */
function ackedLate({ oldestRecord }: RecordsState, id: number): void {
  for (let record = oldestRecord; record !== null; record = record.next)
    if (record.beforeId === id) record.isBeforeAckedLate = true;
}

/** The bus lets go of the delivery, though no handler of it has ended. */
export function releaseRecord(state: RecordsState, id: number, kind: ReleaseKind): void {
  const record = recordOf(state, id);
  if (record === null) return;
  record.release(kind);
  forgetIfOver(state, record);
}

/** A delivery is over once it was handled and acknowledged; or once the bus let it go, if its event came again. */
function forgetIfOver(state: RecordsState, record: DeliveryRecord): void {
  const { state: is, answer, supersededBy } = record;
  const isOver = (is === 'done' || is === 'discarded') && answer === 'ack';
  if (isOver || (supersededBy !== null && !record.isHeld)) forget(state, record);
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
