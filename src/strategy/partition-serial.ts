/** The strategy that handles one partition at a time: the Kafka client as documented, message by message. */
import { serial } from '../dispatch/serial.js';
import { kafkaOnly } from '../domain/topology-kind.js';
import { refusedWithoutPartitions } from './refusals.js';
import type { Strategy } from './strategy.js';

export const partitionSerialStrategy: Strategy = {
  id: 'partition-serial',
  summary: 'Kafka: message by message, and one partition of a member at a time',
  costs: 'no parallelism within a member; one event that fails blocks all of it',
  guarantee: {
    order: 'per-partition',
    survives: { redelivery: true, crash: true, resize: true, rebalance: true, partitions: false },
  },
  repairsInput: false,
  handlesOneAtATime: true,
  refuses: (broker) => refusedWithoutPartitions(broker, 'serial'),
  adaptTopology: (given) => {
    const topology = kafkaOnly(given);
    return { ...topology, consumer: { ...topology.consumer, consume: 'each-message', partitionsConcurrently: 1 } };
  },
  canResize: true,
  createDispatcher: serial,
};
