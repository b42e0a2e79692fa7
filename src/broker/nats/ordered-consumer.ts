/**
 * Creates the consumers of an ordered consumer, one after another: each is ephemeral, in memory, without acks, under a
 * new name, and begins behind the last message seen; the one before it is deleted. The server deletes the last one by
 * itself, once nobody has pulled for long enough.
 */
import { AckPolicy, DeliverPolicy, ReplayPolicy } from 'nats';
import type { ConsumerConfig, JetStreamManager } from 'nats';
import type { DurableSpec, OrderedSpec } from '../../domain/topology.js';
import { OrderedSequence } from '../ordered-sequence.js';
import { filterConfig, nanoseconds } from './consumer-config.js';

/** What a connection needs of an ordered consumer. */
export interface MadeConsumer {
  readonly sequence: OrderedSequence;
  make(): Promise<void>;
}

export class OrderedConsumer implements MadeConsumer {
  readonly sequence: OrderedSequence;
  readonly #manager: JetStreamManager;
  readonly #stream: string;
  readonly #spec: DurableSpec;
  readonly #inactiveMs: number;

  /** @param base what the names of its consumers begin with */
  constructor(manager: JetStreamManager, stream: string, base: string, spec: DurableSpec, { inactiveMs }: OrderedSpec) {
    this.sequence = new OrderedSequence(base);
    this.#manager = manager;
    this.#stream = stream;
    this.#spec = spec;
    this.#inactiveMs = inactiveMs;
  }

  /** Creates a consumer; resolves once it can be pulled from. Rejects with the client's error if the server refuses. */
  async make(): Promise<void> {
    const { sequence } = this;
    const old = sequence.name;
    const isFirst = sequence.made === 0;
    const { name, startSequence } = sequence.begin();
    try {
      await this.#manager.consumers.add(this.#stream, this.#config(name, startSequence));
    } catch (error) {
      sequence.end();
      throw error;
    }
    // The old consumer may be deleted already, or the request may fail: then the server deletes it by itself.
    if (!isFirst) void this.#manager.consumers.delete(this.#stream, old).catch(() => undefined);
  }

  #config(name: string, startSequence: number): Partial<ConsumerConfig> {
    return {
      name,
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: startSequence,
      replay_policy: ReplayPolicy.Instant,
      inactive_threshold: nanoseconds(this.#inactiveMs),
      mem_storage: true,
      num_replicas: 1,
      ...filterConfig(this.#spec.filterSubjects),
    };
  }
}
