/**
 * The strategy that cuts the stream into partitions. Every event's subject names the partition of its aggregate
 * (domain/stream-subjects.ts). Each durable is replaced by one for each partition, with one outstanding message, and
 * each subscription likewise. Partitions go side by side; the events of one are handled one after the other. There are
 * as many as `--partitions` says. If that number changes, aggregates hash to other partitions, while stored events stay
 * where they are.
 */
import { keyedPool } from '../dispatch/keyed-pool.js';
import { partitionFilter } from '../domain/stream-subjects.js';
import { jetStreamOnly } from '../domain/topology-kind.js';
import type { DurableSpec, JetStreamTopology } from '../domain/topology.js';
import { withOneOutstanding } from './one-outstanding.js';
import { refusedWithout } from './refusals.js';
import type { Strategy } from './strategy.js';

export const partitionedStrategy: Strategy = {
  id: 'partitioned',
  summary: 'JetStream: subject partitions by hash of the aggregate id, one durable with one outstanding message each',
  costs:
    'a durable and a connection for every partition; one event at a time in each; changing their number breaks order',
  guarantee: {
    order: 'per-partition',
    survives: { redelivery: true, crash: true, resize: false, rebalance: true, partitions: false },
  },
  repairsInput: false,
  refuses: (broker) => {
    const { name, isPartitioned } = broker;
    const reason = isPartitioned ? `a ${name} topic is partitioned as it is` : `${name} has no filters by subject`;
    return refusedWithout('filtersSubjects', broker, { reason, instead: 'concurrent' });
  },
  adaptTopology: (topology, { kafka }) => withOneOutstanding(partitioned(jetStreamOnly(topology), kafka.partitions)),
  canResize: true,
  createDispatcher: keyedPool,
};

function partitioned(topology: JetStreamTopology, count: number): JetStreamTopology {
  const partitions = Array.from({ length: count }, (_, partition) => partition);
  const { stream, durables, subscriptions } = topology;
  const filtersOf = ({ filterSubjects }: DurableSpec, partition: number): string[] =>
    (filterSubjects.length === 0 ? [null] : filterSubjects).map((subject) =>
      partitionFilter(stream, subject, partition),
    );
  return {
    ...topology,
    stream: { ...stream, partitions: count },
    durables: durables.flatMap((durable) =>
      partitions.map((partition) => ({
        ...durable,
        name: partName(durable.name, partition),
        filterSubjects: filtersOf(durable, partition),
      })),
    ),
    subscriptions: subscriptions
      .flatMap((subscription) =>
        partitions.map((partition) => ({
          ...subscription,
          name: partName(subscription.name, partition),
          durable: partName(subscription.durable, partition),
        })),
      )
      .map((subscription, index) => ({ ...subscription, index })),
  };
}

function partName(name: string, partition: number): string {
  return `${name}-p${partition}`;
}
