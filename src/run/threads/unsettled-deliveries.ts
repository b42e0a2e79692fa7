/**
 * Keeps which messages the broker may still deliver again: those that were delivered, not acknowledged, and less often
 * than `max_deliver`. Once there are none a drain need not wait for the last ack waits to expire. Only for durables with a
 * limit: the memory is one entry an unacknowledged message.
 */
import type { Acknowledgement, Delivery, Observation, ObservationSink } from '../../domain/observation.js';

export class UnsettledDeliveries implements ObservationSink {
  readonly #maxDeliver: number;
  readonly #open = new Set<number>();
  readonly #exhausted = new Set<number>();

  constructor(maxDeliver: number) {
    this.#maxDeliver = maxDeliver;
  }

  /** Messages that may come again. */
  get open(): number {
    return this.#open.size;
  }

  /** Messages that were delivered as often as allowed and never acknowledged. */
  get exhausted(): number {
    return this.#exhausted.size;
  }

  observe({ kind, record }: Observation): void {
    if (kind === 'deliver') this.#deliver(record);
    else if (kind === 'ack') this.#ack(record);
  }

  #deliver({ position, deliveryCount }: Delivery): void {
    if ((deliveryCount ?? 0) < this.#maxDeliver) this.#open.add(position);
    else {
      this.#open.delete(position);
      this.#exhausted.add(position);
    }
  }

  #ack({ delivery: { position }, kind }: Acknowledgement): void {
    if (kind === 'nak' || kind === 'progress') return;
    this.#open.delete(position);
    this.#exhausted.delete(position);
  }
}
