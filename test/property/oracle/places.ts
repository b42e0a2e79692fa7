/**
 * Where deliveries are handed out: a queue or, where each partition hands out on its own, a partition of a topic in a
 * queue. A place has *in hand* what was delivered there and has neither ended nor been let go of.
 */
import type { Delivery } from '../../../src/domain/observation.js';
import { releasesDelivery } from '../../../src/domain/run-note.js';
import type { Facts } from './facts.js';
import { isContested, isInFlight, type Pair } from './pairs.js';

/** Index of the queue that a subscription takes from; undefined where that is not known. */
export function queueOf(subscription: number, { options }: Facts): number | undefined {
  return options.queues?.ofSubscription[subscription];
}

function placeOf({ subscription, topic, partition }: Delivery, facts: Facts): string {
  const queue = queueOf(subscription, facts);
  return facts.options.queues!.perPartition ? `${queue} ${topic} ${partition}` : `${queue}`;
}

/** When the delivery was let go of, or an attempt of it ended for good. */
function leavesAt(id: number, { finished, notes }: Facts): number {
  const ends = finished.filter(({ delivery, attempt }) => delivery.id === id && attempt.outcome !== 'retried');
  const releases = notes.filter(({ note }) => releasesDelivery(note) && note.detail.delivery === id);
  return Math.min(...[...ends, ...releases].map(({ time }) => time));
}

function inHandAfter(time: number, place: string, facts: Facts): number {
  const there = facts.delivered.filter((one) => one.time <= time && placeOf(one.delivery, facts) === place);
  return there.filter(({ delivery }) => leavesAt(delivery.id, facts) > time).length;
}

/** Deliveries of all places that were in hand just before that time; where queues are not known, that is not either. */
export function inHandBefore(time: number, facts: Facts): number {
  if (facts.options.queues === undefined) return Infinity;
  const known = facts.delivered.filter(
    (one) => one.time < time && queueOf(one.delivery.subscription, facts) !== undefined,
  );
  return known.filter(({ delivery }) => leavesAt(delivery.id, facts) >= time).length;
}

/**
 * Contested, not in flight: v + 1 came after v had finished, to the same place, and that place never got a second
 * delivery while it had one from the first delivery of v to that of v + 1.
 */
export function isAlone(pair: Pair): boolean {
  const { lower, upper, lowerFinish } = pair;
  const { facts } = pair.unit;
  if (!isContested(pair) || isInFlight(pair) || lower === null || upper === null) return false;
  if (lowerFinish === Infinity || upper.time < lowerFinish) return false;
  const place = placeOf(lower.delivery, facts);
  if (placeOf(upper.delivery, facts) !== place) return false;
  return !facts.delivered.some(
    ({ time, delivery }) =>
      lower.time <= time &&
      time <= upper.time &&
      placeOf(delivery, facts) === place &&
      inHandAfter(time, place, facts) >= 2,
  );
}
