/**
 * Keeps the message keys of aggregates: their bytes and hashes, which every event needs, are computed once for each
 * aggregate.
 */
import { keyOf, type KafkaKey, type KafkaPartitioner } from '../../domain/kafka.js';
import { keyHash } from '../produce/partitioner.js';

export interface EventKey {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly hash: number;
}

export class EventKeys {
  readonly #partitioner: KafkaPartitioner;
  readonly #kind: KafkaKey;
  /** Keys by the aggregate's index. */
  readonly #keys: EventKey[] = [];

  constructor(partitioner: KafkaPartitioner, kind: KafkaKey) {
    this.#partitioner = partitioner;
    this.#kind = kind;
  }

  /** The key of an aggregate's events; null if they have none. */
  of(aggregate: number, id: string): EventKey | null {
    const known = this.#keys[aggregate];
    if (known?.id === id) return known;
    const key = keyOf(this.#kind, id);
    if (key === null) return null;
    return (this.#keys[aggregate] = { id, bytes: Buffer.from(key), hash: keyHash(key, this.#partitioner) });
  }
}
