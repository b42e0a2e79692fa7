/**
 * Finds aggregates whose events went from one queue to two subscriptions that were alive at the same time. Each
 * delivery is compared with the one before it; the aggregate counts once for each queue.
 */
import type { LivingSubscriptions } from './living-subscriptions.js';
import type { Place, Queue, QueueBook } from './queue-book.js';

export interface SharedState {
  /** The subscription of its last delivery; -1: none so far. */
  lastSubscription: number;
  /** Queues at which the aggregate is counted already. */
  sharedAt: Queue[] | null;
}

/** A delivery comes to another subscription than the last one did. */
export function changeSubscription(
  state: SharedState,
  subscription: number,
  place: Place | null,
  { queues, living }: { readonly queues: QueueBook | null; readonly living: LivingSubscriptions },
): void {
  const last = state.lastSubscription;
  state.lastSubscription = subscription;
  if (last < 0 || place === null || state.sharedAt?.includes(place.queue) === true) return;
  if (!living.isAlive(last) || queues?.queueOf(last) !== place.queue) return;
  (state.sharedAt ??= []).push(place.queue);
  place.queue.sharedAggregates++;
}
