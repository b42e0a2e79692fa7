/**
 * Makes the message keys of events, with their bytes and hashes. Where all events of an aggregate have the same key, it is
 * computed once for each aggregate.
 */
import { keyOf, type KafkaKey, type KafkaPartitioner } from '../../domain/kafka.js';
import { keyHash } from '../produce/partitioner.js';
import type { EventMessage } from '../port.js';

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

  /** null: events have none. */
  of(event: Pick<EventMessage, 'aggregate' | 'aggregateId' | 'version'>): EventKey | null {
    const { aggregate, aggregateId: id } = event;
    const known = this.#keys[aggregate];
    if (known?.id === id) return known;
    const key = keyOf(this.#kind, event);
    if (key === null) return null;
    const made = { id, bytes: Buffer.from(key), hash: keyHash(key, this.#partitioner) };
    if (this.#kind !== 'event') this.#keys[aggregate] = made;
    return made;
  }
}
