/**
 * Chooses the partition of an event: the hash of its key, modulo the number of partitions. Clients differ in the hash
 * and in how they make it positive:
 *
 *   default  murmur2, the sign bit cleared        Java's client, kafkajs 2
 *   legacy   kafkajs 1's murmur2, likewise        kafkajs before 2.0
 *   fnv1a    FNV-1a, negated where negative       Sarama's hash partitioner
 *
 * Events without a key are spread over the partitions of a topic by the client: kafkajs takes the partitions in turn,
 * from a random one; @platformatic/kafka in turn, from the first; Java's client stays with a random one until it has
 * given it `batch.size` bytes (KIP-480, KIP-794; before 2.4 it took them in turn as well).
 */
import { fnv1a32 } from '../../domain/fnv1a.js';
import type { KafkaPartitioner } from '../../domain/kafka.js';
import { legacyMurmur2, murmur2 } from './murmur2.js';

/**
 * @param partitionCount at least 1
 * @param spread for an event without a key: a whole number from 0 up, which is taken modulo the number of partitions
 * @returns a partition, from 0
 */
export function partitionOf(
  key: string | null,
  partitionCount: number,
  partitioner: KafkaPartitioner,
  spread: () => number,
): number {
  return (key === null ? spread() : keyHash(key, partitioner)) % partitionCount;
}

const encoder = new TextEncoder();

/** The number that is taken modulo the number of partitions: a whole number from 0 to 2^31, by the key alone. */
export function keyHash(key: string, partitioner: KafkaPartitioner): number {
  switch (partitioner) {
    case 'default':
      return murmur2(encoder.encode(key)) & 0x7fffffff;
    case 'legacy':
      return legacyMurmur2(encoder.encode(key)) & 0x7fffffff;
    case 'fnv1a':
      // Sarama negates the remainder. A remainder has the sign of its dividend, so to negate that first is the same.
      return Math.abs(fnv1a32(key) | 0);
  }
}
