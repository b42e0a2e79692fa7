/**
 * Counts handlings of events that another subscription had handled, each of its first delivery. Subscriptions that share
 * the events of a queue have then handled one twice; where each gets all events, that is as it should be. A record does
 * not say which of the two it is.
 */
import type { HandOver } from './hand-overs.js';
import { Recent } from './recent.js';

export class OtherSubscriptions {
  /** By event: the hand-over of which the last handling began. */
  readonly #last = new Recent<HandOver>();
  count = 0;

  /** A handling of a hand-over begins for the first time. */
  started(event: string, handOver: HandOver): void {
    const before = this.#last.get(event);
    this.#last.set(event, handOver);
    const { subscription, deliveryCount } = handOver.delivery;
    if (before === undefined || before.delivery.subscription === subscription) return;
    // After a failure, another handling is none too many.
    if (!before.isDone && before.running === null) return;
    if (deliveryCount === null || deliveryCount === 1) this.count++;
  }
}
