/**
 * The Kafka settings of a scenario, in the client's own terms. They mean nothing on JetStream, except `partitions`.
 */
import { fnv1a32 } from './fnv1a.js';

/**
 * `aggregate`: the aggregate's id is the message key. `hash`: a hash of it is, FNV-1a 32 in hex, as some buses have it.
 * `none`: no key, so the client spreads the events.
 */
export const kafkaKeys = ['aggregate', 'hash', 'none'] as const;
export type KafkaKey = (typeof kafkaKeys)[number];

/** The message key of an aggregate's events; null: none. */
export function keyOf(key: KafkaKey, aggregateId: string): string | null {
  switch (key) {
    case 'aggregate':
      return aggregateId;
    case 'hash':
      return fnv1a32(aggregateId).toString(16).padStart(8, '0');
    case 'none':
      return null;
  }
}

/**
 * How a key becomes a partition. `default`: murmur2 as in the Java client (kafkajs 2). `legacy`: kafkajs before 2.0.
 * `fnv1a`: FNV-1a as Sarama's hash partitioner has it.
 */
export const kafkaPartitioners = ['default', 'legacy', 'fnv1a'] as const;
export type KafkaPartitioner = (typeof kafkaPartitioners)[number];

export const kafkaAcks = ['none', 'leader', 'all'] as const;
export type KafkaAcks = (typeof kafkaAcks)[number];

/**
 * `each-batch`: a fetched batch is handed to the bus whole, and the next one fetched when all of it is acknowledged.
 * `each-message`: one message of a partition at a time, the next one when it is acknowledged.
 */
export const kafkaConsumes = ['each-batch', 'each-message'] as const;
export type KafkaConsume = (typeof kafkaConsumes)[number];

export const kafkaClients = ['kafkajs', 'platformatic'] as const;
export type KafkaClient = (typeof kafkaClients)[number];

export const kafkaCommits = ['auto', 'manual'] as const;

export interface KafkaSettings {
  /** Client library; the simulator behaves like kafkajs. */
  readonly client: KafkaClient;
  /** Partitions per topic; also the subject partitions of the JetStream strategy `partitioned`. */
  readonly partitions: number;
  /** Members that every subscription stands for: replicas of the service, in one group. */
  readonly members: number;
  readonly key: KafkaKey;
  /** Publisher i hashes with the i-th, counted round; more than one kind is the fault `partitioner mismatch`. */
  readonly partitioners: readonly KafkaPartitioner[];
  readonly acks: KafkaAcks;
  readonly idempotent: boolean;
  /** Attempts after the first before a send is given up. */
  readonly retries: number;
  /** Produce requests outstanding at once; null: unlimited, as kafkajs has it. */
  readonly requestsInFlight: number | null;
  readonly lingerMs: number;
  readonly produceBatchBytes: number;
  readonly consume: KafkaConsume;
  readonly partitionsConcurrently: number;
  readonly commit: (typeof kafkaCommits)[number];
  /** Auto commit within a batch after so long, or so many messages; null: not within it. */
  readonly commitIntervalMs: number | null;
  readonly commitThreshold: number | null;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
}
