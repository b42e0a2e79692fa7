/**
 * Updates the pairs that an event makes with its neighbours when something happens to the event: a pair opens and
 * closes at its queue, is in flight or not, or may turn out to have been let out one by one.
 */
import { awaitSecond } from './alone-pairs.js';
import type { OpenEvent } from '../memory/open-event.js';
import type { OpenEvents } from '../memory/open-events.js';
import { movePair, pairClosed, pairWaiting, type PairOpenness } from './queue-book.js';

/**
 * Records at its queue how far the pair of an event and the next version is open now.
 * @param before how far it was open before something happened to the event
 */
export function reopen({ place, openness }: OpenEvent, before: PairOpenness): void {
  if (place === null || openness === before) return;
  movePair(place.queue, before, openness);
}

/** A handling of the event has succeeded for the first time. */
export function finishNextTo(event: OpenEvent, events: OpenEvents): void {
  const below = events.find(event.version - 1);
  if (below !== null && !below.finished) {
    const before = below.openness;
    below.markNextFinished();
    reopen(below, before);
  }
  if (!event.published || !event.nextAvailable || event.nextDelivered) return;
  const second = events.find(event.version + 1);
  if (second === null) return;
  if (event.place !== null) movePair(event.place.queue, pairClosed, pairWaiting);
  awaitSecond(second, event);
}
