/**
 * Counts the pairs that were let out one by one. Of a contested pair that was never in flight, the second was delivered
 * only after the first had finished. It was held back by its queue if both came from one place (see queue-book.ts) that
 * never had two deliveries in hand meanwhile: then letting one out at a time was at work, and not just luck.
 *
 * Such a pair is known when its second version is delivered, so when and from where the first one came is kept with the
 * second until then.
 */
import type { OpenEvent } from '../memory/open-event.js';
import { movePair, pairClosed, pairWaiting, type Place } from './queue-book.js';

/** The first version of a contested pair has finished, and the second was not delivered. */
export function awaitSecond(second: OpenEvent, first: Pick<OpenEvent, 'deliverTick' | 'place'>): void {
  second.aloneSince = first.deliverTick;
  second.aloneAt = first.place;
}

/** The second version is delivered. */
export function secondDelivered(second: OpenEvent, place: Place | null): void {
  if (second.aloneAt === null) return;
  movePair(second.aloneAt.queue, pairWaiting, pairClosed);
  countAlone(second.aloneAt, second.aloneSince, place);
  second.aloneAt = null;
}

/** @param since tick of the first delivery of the first version, which came from `first` */
export function countAlone(first: Place, since: number, second: Place | null): void {
  if (second === first && first.crowdedAt < since) first.queue.alonePairs++;
}
