/**
 * Counts how often each message of a durable was delivered again, and says when one has been delivered as often as it
 * may. A message that was given up keeps its count.
 */
import type { DurableConfig } from './consumer-config.js';

export class RedeliveryCounts {
  readonly #config: DurableConfig;
  readonly #counts = new Map<number, number>();

  constructor(config: DurableConfig) {
    this.#config = config;
  }

  /** How many messages have a count, as it is told. */
  get told(): number {
    const { maxDeliver, traits } = this.#config;
    return maxDeliver === 1 && !traits.tellsGivenUpAtOne ? 0 : this.#counts.size;
  }

  of(sequence: number): number {
    return this.#counts.get(sequence) ?? 0;
  }

  /** Counts one more. @returns which delivery it is, from 1 */
  raise(sequence: number): number {
    const redeliveries = this.of(sequence) + 1;
    this.#counts.set(sequence, redeliveries);
    return redeliveries + 1;
  }

  set(sequence: number, redeliveries: number): void {
    if (redeliveries > 0) this.#counts.set(sequence, redeliveries);
    else this.#counts.delete(sequence);
  }

  forget(sequence: number): void {
    if (this.#counts.size > 0) this.#counts.delete(sequence);
  }

  /**
   * Whether the message is given up as its ack wait ends. The server takes redeliveries for deliveries here, at least
   * one: so only what may be delivered once is given up then, and the rest when the next request asks for it.
   */
  endsWithAckWait(sequence: number): boolean {
    return Math.max(this.of(sequence), 1) >= this.#config.maxDeliver;
  }

  /** Keeps a count for a message that is given up as its ack wait ends. */
  keep(sequence: number): void {
    this.#counts.set(sequence, Math.max(this.of(sequence), 1));
  }
}
