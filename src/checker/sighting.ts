/**
 * Copies of deliveries that may turn out to be part of an anomaly. A copy has all that the delivery and one attempt at
 * it say, names still as integers, since sinks must not keep what they are handed. What becomes of the attempt is
 * filled in later, by the record of the delivery (memory/delivery-records.ts).
 */
import { missing, type Attempt, type Delivery, type Names } from '../domain/observation.js';
import type { Again } from '../domain/report/anomaly-signature.js';
import type { PairMember } from '../domain/report/verdict.js';
import type { Answer, DeliveryState } from '../domain/report/witness.js';

/** Of an event of which no delivery is known; the lane of a delivery that has not been started. */
export const nobody = -1;
export const noLane = -2;
/** The lane of what a full inbox refused, and was handled on the spot. */
export const outsideLanes = -1;

/** What may still change while the attempt goes on. */
export interface Progress {
  state: DeliveryState;
  finishStamp: number;
  finishedAtUs: number;
  answer: Answer | null;
  answeredStamp: number;
  answeredAtUs: number;
}

/** Times are in whole microseconds, and of no meaning where the stamp beside them is 0. */
export interface Sighting extends Progress {
  readonly version: number;
  readonly topic: number;
  readonly publisher: number;
  readonly publishStamp: number;
  readonly publishedAtUs: number;
  readonly partition: number;
  readonly position: number;
  readonly deliveryCount: number | null;
  /** The broker delivered it before: by its own count or, where it has none, from the same log place. */
  readonly isRedelivery: boolean;
  /** Why it was delivered again; null: it was not. */
  readonly again: Again | null;
  readonly subscription: number;
  readonly owned: boolean;
  readonly deliverStamp: number;
  readonly deliveredAtUs: number;
  readonly submitStamp: number;
  readonly lane: number;
  /** From 1; 0: not started. */
  readonly attempt: number;
  readonly startStamp: number;
  readonly startedAtUs: number;
}

export function sightingOf(
  { delivery, lane, number, startStamp, startedAtMs }: Attempt,
  isRedelivery: boolean,
  again: Again | null,
): Sighting {
  return {
    version: delivery.version,
    topic: delivery.topic,
    publisher: delivery.publisher,
    publishStamp: delivery.publishStamp,
    publishedAtUs: microsecondsOf(delivery.publishedAtMs),
    partition: delivery.partition,
    position: delivery.position,
    deliveryCount: delivery.deliveryCount,
    isRedelivery,
    again: isRedelivery ? (again ?? 'unknown') : null,
    subscription: delivery.subscription,
    owned: delivery.owned,
    deliverStamp: delivery.deliverStamp,
    deliveredAtUs: microsecondsOf(delivery.deliveredAtMs),
    submitStamp: delivery.submitStamp,
    lane,
    attempt: number,
    startStamp,
    startedAtUs: microsecondsOf(startedAtMs),
    state: 'running',
    finishStamp: missing,
    finishedAtUs: 0,
    answer: null,
    answeredStamp: missing,
    answeredAtUs: 0,
  };
}

/** An event of which only its place in the log is known; -1 and 0 where it is not. */
export function placeOnly(
  place: Pick<Delivery, 'version' | 'topic' | 'publisher' | 'partition' | 'position'>,
): Sighting {
  return {
    ...place,
    publishStamp: missing,
    publishedAtUs: 0,
    deliveryCount: null,
    isRedelivery: false,
    again: null,
    subscription: nobody,
    owned: false,
    deliverStamp: missing,
    deliveredAtUs: 0,
    submitStamp: missing,
    lane: noLane,
    attempt: 0,
    startStamp: missing,
    startedAtUs: 0,
    state: 'waiting',
    finishStamp: missing,
    finishedAtUs: 0,
    answer: null,
    answeredStamp: missing,
    answeredAtUs: 0,
  };
}

/** Whole microseconds: the precision of a trace, so that its check has the same. */
export function microsecondsOf(ms: number): number {
  return Math.round(ms * 1_000);
}

export function pairMemberOf(sighting: Sighting, names: Names): PairMember {
  const { version, publisher, publishStamp, partition, position, deliveryCount, owned } = sighting;
  const { deliverStamp, submitStamp, lane, startStamp } = sighting;
  return {
    version,
    topic: nameOf(names.topics, sighting.topic),
    publisher,
    publishStamp,
    partition,
    position,
    deliveryCount,
    subscription: nameOf(names.subscriptions, sighting.subscription),
    owned,
    deliverStamp,
    submitStamp,
    lane,
    startStamp,
  };
}

/** `#7` where no name is known. */
export function nameOf(names: readonly string[], index: number): string {
  return names[index] ?? `#${index}`;
}
