/**
 * Keeps with which backoffs queues were made, and tells whether it was a backoff that brought an event back: a broker
 * that has one delivers again after its waits, and never asks for the ack wait.
 */
import type { Delivery } from '../../domain/observation.js';
import type { RunNote } from '../../domain/run-note.js';
import { microsecondsOf } from '../sighting.js';
import type { DeliveryRecord } from './delivery-records.js';

interface Backoff {
  readonly waitsUs: readonly number[];
  readonly ackWaitUs: number;
}

export class Backoffs {
  readonly #ofQueue = new Map<string, Backoff>();

  note({ queue = '', waitsMs = '', ackWaitMs = 0 }: RunNote<'backoff'>['detail']): void {
    const waitsUs = waitsMs.split(' ').map((wait) => microsecondsOf(Number(wait)));
    this.#ofQueue.set(queue, { waitsUs, ackWaitUs: microsecondsOf(ackWaitMs) });
  }

  /**
   * Whether it was a wait of the backoff after which a delivery that nobody has answered came again: the queue has one,
   * and the ack wait cannot have passed. How much more than a wait has passed does not count, since a busy client may
   * hand the first delivery over late.
   *
   * @param queue that the deliveries came from; null: not known, so that any may be meant
   */
  hasBroughtBack(queue: string | null, before: DeliveryRecord, again: Delivery): boolean {
    if (before.deliveryCount === null || again.deliveryCount === null) return false;
    if (again.deliveryCount <= before.deliveryCount) return false;
    return this.#isTooEarly(queue, microsecondsOf(again.deliveredAtMs) - before.deliveredAtUs);
  }

  /** Whether an event that has come again since it was published can have done so by a wait of the backoff only. */
  hasBroughtBackSincePublish(queue: string | null, { deliveredAtMs, publishedAtMs }: Delivery): boolean {
    return this.#isTooEarly(queue, microsecondsOf(deliveredAtMs) - microsecondsOf(publishedAtMs));
  }

  /** For the ack wait, where a backoff is in its place. */
  #isTooEarly(queue: string | null, passedUs: number): boolean {
    if (this.#ofQueue.size === 0) return false;
    const known = queue === null ? [...this.#ofQueue.values()] : [this.#ofQueue.get(queue)];
    return known.every((one) => one !== undefined && isOverridden(one) && passedUs < latestShare * one.ackWaitUs);
  }
}

/** Less than this share of the ack wait is too early for it, even if the first delivery was handed over a little late. */
const latestShare = 0.9;

/** A backoff that waits as long as the ack wait at least brings nothing back before it. */
function isOverridden({ waitsUs, ackWaitUs }: Backoff): boolean {
  return waitsUs.some((waitUs) => waitUs < ackWaitUs);
}
