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
   * Whether the wait of the backoff had passed since the last delivery, which nobody has answered, and the ack wait
   * cannot have.
   * @param queue that the deliveries came from; null: not known, so that any may be meant
   */
  hasBroughtBack(queue: string | null, before: DeliveryRecord, again: Delivery): boolean {
    if (this.#ofQueue.size === 0 || before.deliveryCount === null) return false;
    if (again.deliveryCount !== before.deliveryCount + 1) return false;
    const known = queue === null ? [...this.#ofQueue.values()] : [this.#ofQueue.get(queue)];
    const passedUs = microsecondsOf(again.deliveredAtMs) - before.deliveredAtUs;
    const nth = before.deliveryCount - 1;
    return known.every((one) => one !== undefined && isWithin(one, nth, passedUs));
  }
}

/** A client may hand the first delivery over a little late, so that less seems to have passed. */
const earliestShare = 0.9;

function isWithin({ waitsUs, ackWaitUs }: Backoff, nth: number, passedUs: number): boolean {
  const waitUs = waitsUs[Math.min(nth, waitsUs.length - 1)]!;
  return passedUs >= earliestShare * waitUs && passedUs < earliestShare * ackWaitUs;
}
