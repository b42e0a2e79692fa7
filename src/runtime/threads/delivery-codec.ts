/**
 * Encodes a delivery for another thread as 16 doubles, in shared memory or in a message, without structured clone and
 * without an object on the way. Integers up to 2^53 survive exactly.
 */
import type { Delivery } from '../../domain/observation.js';

/** Doubles that one delivery takes. */
export const deliveryDoubles = 16;

/** Stands for a delivery count of null. */
const noCount = -1;

export function writeDelivery(into: Float64Array, at: number, delivery: Delivery): void {
  into[at] = delivery.id;
  into[at + 1] = delivery.aggregate;
  into[at + 2] = delivery.topic;
  into[at + 3] = delivery.version;
  into[at + 4] = delivery.publisher;
  into[at + 5] = delivery.publishStamp;
  into[at + 6] = delivery.publishedAtMs;
  into[at + 7] = delivery.partition;
  into[at + 8] = delivery.position;
  into[at + 9] = delivery.deliveryCount ?? noCount;
  into[at + 10] = delivery.subscription;
  into[at + 11] = delivery.owned ? 1 : 0;
  into[at + 12] = delivery.deliverStamp;
  into[at + 13] = delivery.deliveredAtMs;
  into[at + 14] = delivery.ackToken;
  into[at + 15] = delivery.submitStamp;
}

export function readDelivery(from: Float64Array, at: number): Delivery {
  const count = from[at + 9]!;
  return {
    id: from[at]!,
    aggregate: from[at + 1]!,
    topic: from[at + 2]!,
    version: from[at + 3]!,
    publisher: from[at + 4]!,
    publishStamp: from[at + 5]!,
    publishedAtMs: from[at + 6]!,
    partition: from[at + 7]!,
    position: from[at + 8]!,
    deliveryCount: count === noCount ? null : count,
    subscription: from[at + 10]!,
    owned: from[at + 11] === 1,
    deliverStamp: from[at + 12]!,
    deliveredAtMs: from[at + 13]!,
    ackToken: from[at + 14]!,
    submitStamp: from[at + 15]!,
  };
}
