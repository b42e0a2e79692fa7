/**
 * The strategy after the KEY mode of Confluent's parallel consumer. Its dispatcher needs many unacknowledged events at
 * once, in a bounded window, and a broker that keeps the position up to which everything is done.
 *
 * JetStream: the window is the durable's max_ack_pending, so that events beyond it stay at the broker instead of ageing
 * in the bus. Kafka: the window is the batch of each partition. All partitions hand over whole batches side by side, so
 * that one whose window is full holds up no other; positions are committed as events are acknowledged.
 */
import { parallelKeys } from '../dispatch/parallel-keys.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { byTopologyKind } from '../domain/topology-kind.js';
import type { JetStreamTopology, KafkaTopology, Topology } from '../domain/topology.js';
import type { Strategy } from './strategy.js';

export const parallelKeysStrategy: Strategy = {
  id: 'parallel-keys',
  summary: "Confluent parallel consumer's KEY mode: a queue a key, retries in place, acks without holes",
  costs: 'a slow event fills the window and stalls the input; more is replayed after a crash',
  guarantee: {
    order: 'per-aggregate',
    survives: { redelivery: true, crash: false, resize: true, rebalance: false, partitions: false },
  },
  repairsInput: false,
  reportsProgress: true,
  adaptTopology: (topology, scenario) =>
    byTopologyKind(topology, { jetstream: (given) => adaptJetStream(given, scenario), kafka: adaptKafka }),
  canResize: true,
  createDispatcher: parallelKeys,
};

function adaptJetStream(topology: JetStreamTopology, { workers, laneSize }: Scenario): Topology {
  const window = workers * laneSize;
  const durables = topology.durables.map((durable) => ({
    ...durable,
    maxAckPending: Math.min(durable.maxAckPending, window),
  }));
  return { ...topology, durables };
}

function adaptKafka(topology: KafkaTopology): Topology {
  const { client, consumer, topics } = topology;
  const partitions = topics.reduce((sum, topic) => sum + topic.partitions, 0);
  // @platformatic/kafka hands over all partitions side by side anyway, and accepts no other number than 1.
  const atOnce = client === 'kafkajs' ? Math.max(consumer.partitionsConcurrently, partitions) : 1;
  return {
    ...topology,
    consumer: {
      ...consumer,
      consume: 'each-batch',
      commit: consumer.commit.kind === 'never' ? consumer.commit : { kind: 'manual' },
      partitionsConcurrently: atOnce,
    },
  };
}
