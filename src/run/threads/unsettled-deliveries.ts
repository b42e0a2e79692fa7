/**
 * Tracks the messages that the broker may still deliver again: delivered less often than `max_deliver`, and not
 * acknowledged. Once there are none, a drain need not wait for the last ack waits to expire. It is used only with a
 * delivery limit, since it takes one entry for each unacknowledged message.
 */
import type { Acknowledgement, Delivery, Observation, ObservationSink } from '../../domain/observation.js';
import type { GivenUpEvents } from '../bench/bench-runtime.js';

export class UnsettledDeliveries implements ObservationSink, GivenUpEvents {
  readonly uses = ['deliver', 'ack'] as const;
  readonly #maxDeliver: number;
  readonly #open = new Set<number>();
  readonly #exhausted = new Set<number>();

  constructor(maxDeliver: number) {
    this.#maxDeliver = maxDeliver;
  }

  get mayComeAgain(): boolean {
    return this.#open.size > 0;
  }

  /** Messages that were delivered `max_deliver` times and not acknowledged, without those whose ack wait still runs. */
  count(ackPending: number): number {
    return Math.max(0, this.#exhausted.size - ackPending);
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
