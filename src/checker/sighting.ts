/**
 * Copies of observations that may turn out to be half of a regressing pair. A copy has all that the first attempt and
 * its delivery say, names still as integers, since sinks must not keep what they are handed.
 */
import type { Attempt, Names } from '../domain/observation.js';
import type { Again } from '../domain/report/anomaly-signature.js';
import type { PairMember } from '../domain/report/verdict.js';

export interface Sighting {
  readonly version: number;
  readonly topic: number;
  readonly publisher: number;
  readonly publishStamp: number;
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
  readonly submitStamp: number;
  readonly lane: number;
  readonly startStamp: number;
}

export function sightingOf(
  { delivery, lane, startStamp }: Attempt,
  isRedelivery: boolean,
  again: Again | null,
): Sighting {
  return {
    version: delivery.version,
    topic: delivery.topic,
    publisher: delivery.publisher,
    publishStamp: delivery.publishStamp,
    partition: delivery.partition,
    position: delivery.position,
    deliveryCount: delivery.deliveryCount,
    isRedelivery,
    again: isRedelivery ? (again ?? 'unknown') : null,
    subscription: delivery.subscription,
    owned: delivery.owned,
    deliverStamp: delivery.deliverStamp,
    submitStamp: delivery.submitStamp,
    lane,
    startStamp,
  };
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
