/**
 * The message keys of aggregates as the client gets them: their bytes and their hash, computed once an aggregate,
 * because both are needed for every event.
 */
import { keyOf, type KafkaKey, type KafkaPartitioner } from '../../../domain/kafka.js';
import { keyHash } from '../../produce/partitioner.js';

export interface EventKey {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly hash: number;
}

export class EventKeys {
  readonly #partitioner: KafkaPartitioner;
  readonly #kind: KafkaKey;
  /** By the aggregate's index. */
  readonly #keys: EventKey[] = [];

  constructor(partitioner: KafkaPartitioner, kind: KafkaKey) {
    this.#partitioner = partitioner;
    this.#kind = kind;
  }

  /** null: events have no key. */
  of(aggregate: number, id: string): EventKey | null {
    const known = this.#keys[aggregate];
    if (known?.id === id) return known;
    const key = keyOf(this.#kind, id);
    if (key === null) return null;
    return (this.#keys[aggregate] = { id, bytes: Buffer.from(key), hash: keyHash(key, this.#partitioner) });
  }
}
