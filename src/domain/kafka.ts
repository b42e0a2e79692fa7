/**
 * The values of the Kafka settings that scenarios, topologies and claims share: keys, partitioners, acks, ways to
 * consume.
 */
import { fnv1a32 } from './fnv1a.js';

/**
 * What the message key is. `aggregate`: the aggregate's id. `hash`: a hash of the id (FNV-1a, 32 bits, in hex), as some
 * buses use. `event`: the aggregate's id and the version, so that each event has a key of its own. `none`: no key, so the
 * client spreads the events.
 */
export const kafkaKeys = ['aggregate', 'hash', 'event', 'none'] as const;
export type KafkaKey = (typeof kafkaKeys)[number];

/** The message key of an event; null: none. */
export function keyOf(
  key: KafkaKey,
  { aggregateId, version }: { aggregateId: string; version: number },
): string | null {
  switch (key) {
    case 'aggregate':
      return aggregateId;
    case 'hash':
      return fnv1a32(aggregateId).toString(16).padStart(8, '0');
    case 'event':
      return `${aggregateId}:${version}`;
    case 'none':
      return null;
  }
}

/**
 * How a key becomes a partition. `default`: murmur2 as in the Java client (kafkajs 2). `legacy`: as in kafkajs before
 * 2.0. `fnv1a`: FNV-1a as in Sarama's hash partitioner.
 */
export const kafkaPartitioners = ['default', 'legacy', 'fnv1a'] as const;
export type KafkaPartitioner = (typeof kafkaPartitioners)[number];

/**
 * In which order kafkajs writes produce requests that are handed in at the same moment. `kept`: as they were handed in.
 * `client`: as the client does it by itself, which writes first what is encoded first: the one with fewer partitions.
 */
export const kafkaSendOrders = ['kept', 'client'] as const;
export type KafkaSendOrder = (typeof kafkaSendOrders)[number];

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
