/**
 * What does the client get as an aggregate's key? Its bytes and their hash, computed once an aggregate, because both are
 * needed for every event.
 */
import type { KafkaPartitioner } from '../../domain/kafka.js';
import { keyHash } from '../produce/partitioner.js';

export interface EventKey {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly hash: number;
}

export class EventKeys {
  readonly #partitioner: KafkaPartitioner;
  /** By the aggregate's index. */
  readonly #keys: EventKey[] = [];

  constructor(partitioner: KafkaPartitioner) {
    this.#partitioner = partitioner;
  }

  of(aggregate: number, id: string): EventKey {
    const known = this.#keys[aggregate];
    if (known?.id === id) return known;
    return (this.#keys[aggregate] = { id, bytes: Buffer.from(id), hash: keyHash(id, this.#partitioner) });
  }
}
