/**
 * The strategy that handles all partitions side by side: the Kafka client as documented, message by message within each
 * partition, with as many partitions at a time as there are.
 */
import { keyedPool } from '../dispatch/keyed-pool.js';
import { kafkaOnly } from '../domain/topology-kind.js';
import { refusedWithoutPartitions } from './refusals.js';
import type { Strategy } from './strategy.js';

export const partitionConcurrentStrategy: Strategy = {
  id: 'partition-concurrent',
  summary: 'Kafka: message by message within a partition, all partitions of a member side by side',
  costs:
    'no more parallelism than partitions, and less where keys are skewed; an event that fails blocks its partition',
  guarantee: {
    order: 'per-partition',
    survives: { redelivery: true, crash: true, resize: true, rebalance: true, partitions: false },
  },
  repairsInput: false,
  refuses: (broker) => refusedWithoutPartitions(broker, 'concurrent'),
  adaptTopology: (given) => {
    const topology = kafkaOnly(given);
    const partitionsConcurrently = topology.topics.reduce((sum, { partitions }) => sum + partitions, 0);
    return { ...topology, consumer: { ...topology.consumer, consume: 'each-message', partitionsConcurrently } };
  },
  canResize: true,
  createDispatcher: keyedPool,
};
