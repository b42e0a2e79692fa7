/**
 * Follows events under way by cursors while all goes well. As long as a unit's events reach every stage in version
 * order, one after another, and those held at once were delivered to one subscription, no event needs a record of its
 * own: how far each stage has come says it all. This is what makes a bus in order cheap to check, in time and in
 * memory. At the first event that is out of turn the records are made from the cursors, and kept until nothing is open.
 */
import { awaitSecond, countAlone } from './alone-pairs.js';
import type { ArrivalState } from '../anomalies/arrivals.js';
import type { CompletionState } from '../anomalies/completion-inversion.js';
import type { ExposureCounts } from './exposure.js';
import type { OpenEvents } from '../memory/open-events.js';
import { movePair, pairClosed, pairInFlight, pairWaiting, type Place } from './queue-book.js';

/**
 * Versions up to each cursor have passed its stage; the cursors of `start` and `finish` are the highest versions there.
 */
export interface OrderlyState extends ArrivalState<unknown>, CompletionState {
  ackedUpTo: number;
  deliveredUpTo: number;
  /** The subscription to which everything delivered and not finished came. */
  heldBy: number;
  /**
   * The tick of the queue book at the last delivery, and the delivery's place; null if nothing is known of its queue.
   */
  lastTick: number;
  lastPlace: Place | null;
  /** The version that would be the second of a pair let out one by one: see alone-pairs.ts. -1: none. */
  aloneSecond: number;
}

/** Acknowledges a version if it is its turn. */
export function ackInTurn(state: OrderlyState, version: number, publishedUpTo: number): boolean {
  if (version !== state.ackedUpTo + 1 || version > publishedUpTo) return false;
  state.ackedUpTo = version;
  const isHeldBefore = state.deliveredUpTo > state.highestFinished && version === state.deliveredUpTo + 1;
  if (isHeldBefore && state.lastPlace !== null) movePair(state.lastPlace.queue, pairClosed, pairWaiting);
  return true;
}

/** Delivers a version if it is its turn, and what is held so far came to the same subscription. */
export function deliverInTurn(
  state: OrderlyState,
  version: number,
  subscription: number,
  publishedUpTo: number,
  from: { readonly place: Place | null; readonly tick: number },
): boolean {
  const { deliveredUpTo } = state;
  if (version !== deliveredUpTo + 1 || version > publishedUpTo) return false;
  const isHeldBefore = deliveredUpTo > state.highestFinished;
  if (subscription !== state.heldBy && isHeldBefore) return false;
  const { place } = from;
  if (place !== null) {
    const { queue } = place;
    if (isHeldBefore) movePair(queue, state.ackedUpTo > deliveredUpTo ? pairWaiting : pairClosed, pairInFlight);
    if (version < state.ackedUpTo) movePair(queue, pairClosed, pairWaiting);
  }
  if (version === state.aloneSecond && state.lastPlace !== null) {
    movePair(state.lastPlace.queue, pairWaiting, pairClosed);
    countAlone(state.lastPlace, state.lastTick, place);
  }
  state.deliveredUpTo = version;
  state.heldBy = subscription;
  state.lastPlace = place;
  state.lastTick = from.tick;
  return true;
}

/** Finishes a version if it is its turn, and counts the pair that it makes with the next one. */
export function finishInTurn(state: OrderlyState, version: number, exposure: ExposureCounts): boolean {
  if (version !== state.highestFinished + 1 || version > state.highestArrived) return false;
  state.highestFinished = version;
  const place = state.lastPlace;
  if (version < state.deliveredUpTo) {
    exposure.contested++;
    exposure.addInFlight(place);
    if (place !== null) movePair(place.queue, pairInFlight, pairClosed);
  } else if (version < state.ackedUpTo) {
    exposure.contested++;
    state.aloneSecond = version + 1;
  }
  return true;
}

/** The version up to which events are over: nothing about them can change any more. */
export function overUpTo(state: OrderlyState): number {
  return Math.min(state.highestFinished, state.ackedUpTo);
}

/** Makes the records that the cursors stand for. */
export function openFromCursors(state: OrderlyState, publishedUpTo: number, open: OpenEvents): void {
  for (let version = overUpTo(state) + 1; version <= publishedUpTo; version++) {
    const event = open.open(version);
    event.markPublished();
    if (version <= state.ackedUpTo) event.markAcked();
    if (version <= state.deliveredUpTo) {
      event.markDelivered(state.heldBy, isAlive);
      event.deliverTick = state.lastTick;
      event.place = state.lastPlace;
    }
    if (version <= state.highestArrived) event.markStarted(state.arrived - (state.highestArrived - version));
    if (version <= state.highestFinished) event.markFinished();
    if (version < state.ackedUpTo) event.markNextAvailable();
    if (version < state.deliveredUpTo) event.markNextDelivered(state.heldBy, isAlive);
    if (version === state.aloneSecond && version > state.deliveredUpTo)
      awaitSecond(event, { deliverTick: state.lastTick, place: state.lastPlace });
  }
  state.aloneSecond = -1;
}

/** All of them came to one subscription, so none was split between a dead one and its successor. */
function isAlive(): boolean {
  return true;
}
