/**
 * Keeps the number of partitions that a client knows of each topic, as the broker said last. The client asks again when
 * that is too old, or when something went wrong.
 */
import type { KafkaConnection } from '../network.js';

export class ClientMetadata<T> {
  readonly #connection: KafkaConnection<T>;
  readonly #topics: readonly string[];
  readonly #maxAgeMs: number;
  readonly #nowMs: () => number;
  #counts: ReadonlyMap<string, number> | null = null;
  #expiresAtMs = 0;

  /** @param maxAgeMs age at which the client asks again */
  constructor(connection: KafkaConnection<T>, topics: readonly string[], maxAgeMs: number, nowMs: () => number) {
    this.#connection = connection;
    this.#topics = topics;
    this.#maxAgeMs = maxAgeMs;
    this.#nowMs = nowMs;
  }

  /** The number of partitions of a topic; 0: not known. */
  partitionCount(topic: string): number {
    return this.#counts?.get(topic) ?? 0;
  }

  isDue(): boolean {
    return this.#counts === null || this.#nowMs() > this.#expiresAtMs;
  }

  async refreshIfDue(): Promise<void> {
    if (this.isDue()) await this.refresh();
  }

  async refresh(): Promise<void> {
    this.#counts = await this.#connection.request<ReadonlyMap<string, number>>((model, answer) => {
      answer(new Map(this.#topics.map((topic) => [topic, model.partitionCount(topic)])));
    });
    this.#expiresAtMs = this.#nowMs() + this.#maxAgeMs;
  }
}
