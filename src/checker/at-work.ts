/** Counts the mechanisms that are seen at work while a pair is at risk by them: see domain/report/at-work.ts. */
import type { Delivery } from '../domain/observation.js';
import type { Again } from '../domain/report/anomaly-signature.js';
import { nothingAtWork, type AtWork } from '../domain/report/at-work.js';
import { pairInFlight, type QueueBook } from './exposure/queue-book.js';
import { logOf, type Logs } from './memory/log-name.js';
import type { DeliveryRecord } from './memory/delivery-records.js';

export class AtWorkCounts {
  readonly #cameAgain: Record<Again, number> = { ...nothingAtWork().cameAgain };
  #outsideLanes = 0;
  #besideOtherTopic = 0;

  get counts(): AtWork {
    return {
      cameAgain: { ...this.#cameAgain },
      outsideLanes: this.#outsideLanes,
      besideOtherTopic: this.#besideOtherTopic,
    };
  }

  /** An event comes again of which no handling has succeeded. */
  cameAgain(again: Again, subscription: number, queues: QueueBook): void {
    if (isInFlightAt(subscription, queues)) this.#cameAgain[again]++;
  }

  /** A handling begins outside the lanes. */
  ranOutsideLanes(subscription: number, queues: QueueBook): void {
    if (isInFlightAt(subscription, queues)) this.#outsideLanes++;
  }

  /** @param before the delivery of the same unit before this one; null: nothing is held, or known, of it */
  delivered(delivery: Delivery, before: DeliveryRecord | null, logs: Logs): void {
    if (before === null || before.topic === delivery.topic || !before.isHeld) return;
    const isOfOneSource =
      before.subscription === delivery.subscription &&
      logOf(logs, before.topic, before.partition) === logOf(logs, delivery.topic, delivery.partition);
    if (!isOfOneSource) this.#besideOtherTopic++;
  }
}

function isInFlightAt(subscription: number, queues: QueueBook): boolean {
  return (queues.queueOf(subscription)?.open[pairInFlight] ?? 0) > 0;
}
