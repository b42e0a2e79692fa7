/**
 * Keeps the last delivery of each event of one unit from its hand-over until it has been handled and acknowledged: what
 * became of it, and how it was answered. From that follows why an event is delivered again, and how far an event had got
 * that was lost. What ended well is forgotten at once, so there are about as many records as deliveries in flight; of a
 * unit in which nothing is ever acknowledged, the last {@link recordsMax} are kept.
 *
 * Events are mostly handled and acknowledged in the order in which they came, so looking from the oldest record on finds
 * most of them at once.
 */
import type { Attempt, AttemptOutcome, Delivery } from '../../domain/observation.js';
import { missing } from '../../domain/observation.js';
import type { ReleaseKind } from '../../domain/run-note.js';
import type { Again } from '../../domain/report/anomaly-signature.js';

const recordsMax = 8_192;
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
  readonly deliveredAtMs: number;
  /** Why it is not the first delivery of its event; null: it is. */
  readonly again: Again | null;
  submitStamp = missing;
  /** Why its event was delivered once more, after this delivery; null: it was not. */
  cameAgain: Again | null = null;
  lane = noLane;
  startStamp = missing;
  startedAtMs = 0;
  finishStamp = missing;
  state: DeliveryState = 'waiting';
  answer: Answer | null = null;
  answeredStamp = missing;
  /** The event was delivered again while the bus still held this delivery. */
  isSuperseded = false;

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
    this.deliveredAtMs = deliveredAtMs;
    this.again = again;
  }

  start({ lane, startStamp, startedAtMs, delivery }: Attempt): void {
    this.submitStamp = delivery.submitStamp;
    this.lane = lane;
    this.startStamp = startStamp;
    this.startedAtMs = startedAtMs;
    this.state = 'running';
  }
}

export class DeliveryRecords {
  readonly #records: DeliveryRecord[] = [];
  #highest = 0;

  /** The last delivery of the version, if it has not been handled and acknowledged. */
  find(version: number): DeliveryRecord | null {
    if (version > this.#highest) return null;
    const records = this.#records;
    for (let i = records.length - 1; i >= 0; i--) if (records[i]!.version === version) return records[i]!;
    return null;
  }

  /** The record of this very delivery. */
  of({ id }: Pick<Delivery, 'id'>): DeliveryRecord | null {
    for (const record of this.#records) if (record.id === id) return record;
    return null;
  }

  /** @param before the last delivery of the same event: kept beside the new one for as long as the bus holds it */
  add(record: DeliveryRecord, before: DeliveryRecord | null): void {
    const isHeld = before !== null && (before.state === 'waiting' || before.state === 'running');
    if (before !== null && isHeld) before.isSuperseded = true;
    if (before === null || isHeld) this.#records.push(record);
    else this.#records[this.#records.indexOf(before)] = record;
    if (record.version > this.#highest) this.#highest = record.version;
    if (this.#records.length > recordsMax) this.#records.shift();
  }

  finish({ delivery, outcome, finishStamp }: Attempt): void {
    const record = this.of(delivery);
    if (record === null) return;
    record.finishStamp = finishStamp;
    record.state = outcome ?? 'running';
    this.#forgetIfOver(record);
  }

  answer(delivery: Delivery, answer: Answer, stamp: number): void {
    const record = this.of(delivery);
    if (record?.answer !== null) return;
    record.answer = answer;
    record.answeredStamp = stamp;
    this.#forgetIfOver(record);
  }

  release(delivery: Pick<Delivery, 'id'>, kind: ReleaseKind): void {
    const record = this.of(delivery);
    if (record === null) return;
    record.state = kind;
    this.#forgetIfOver(record);
  }

  #forgetIfOver(record: DeliveryRecord): void {
    const { state, answer, isSuperseded } = record;
    const isHeld = state === 'waiting' || state === 'running' || state === 'retried';
    const isOver = (state === 'done' || state === 'discarded') && answer === 'ack';
    if (!isOver && (isHeld || !isSuperseded)) return;
    const { length } = this.#records;
    if (this.#records[0] === record) this.#records.shift();
    else if (this.#records[length - 1] === record) this.#records.pop();
    else this.#records.splice(this.#records.indexOf(record), 1);
  }
}
