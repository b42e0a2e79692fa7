/**
 * Makes the topics, groups and subscriptions of a mode on Kafka. `single`: one consumer subscribed to all topics.
 * `multi/per-topic`: one consumer and one group for each topic. `multi/shared`: as many consumers in one group as there
 * are topics, all of them subscribed to all topics. With several `members` each consumer stands for as many members of
 * its group, one in each replica of the service (a process with a bus of its own). Each disturbance `join` adds one
 * more replica later, with a member of the first group.
 */
import type { ModeRow, Scenario } from '../domain/scenario/scenario.js';
import { kafkaMark, type KafkaCommit, type KafkaTopology, type SubscriptionSpec } from '../domain/topology.js';
import { replicaName } from './replica-name.js';
import type { TopologyInput } from './topology-input.js';

interface Consumer {
  readonly name: string;
  readonly group: string;
  readonly topics: readonly number[];
}

export function kafkaTopologyOfMode(row: ModeRow, { scenario, topicNames, runId }: TopologyInput): KafkaTopology {
  const { kafka, disturb } = scenario;
  const nameOf = (what: string): string => `${kafkaMark}${runId}.${what}`;
  const consumers = consumersOf(row, topicNames);
  const joining = disturb.filter(({ kind }) => kind === 'join').length;
  return {
    kind: 'kafka',
    topics: topicNames.map((topic) => ({ name: nameOf(topic), partitions: kafka.partitions })),
    groups: [...new Set(consumers.map(({ group }) => nameOf(group)))],
    client: kafka.client,
    producer: {
      acks: kafka.acks,
      idempotent: kafka.idempotent,
      retries: kafka.retries,
      requestsInFlight: kafka.requestsInFlight,
      key: kafka.key,
      partitioners: kafka.partitioners,
      lingerMs: kafka.lingerMs,
      produceBatchBytes: kafka.produceBatchBytes,
      sendOrder: kafka.sendOrder,
    },
    consumer: {
      consume: kafka.consume,
      partitionsConcurrently: kafka.partitionsConcurrently,
      commit: commitOf(scenario),
      fetchWaitMs: scenario.maxWaitMs,
      sessionTimeoutMs: kafka.sessionTimeoutMs,
      heartbeatIntervalMs: kafka.heartbeatIntervalMs,
    },
    subscriptions: subscriptionsOf(consumers, kafka.members, joining).map((subscription) => ({
      ...subscription,
      durable: nameOf(subscription.durable),
    })),
  };
}

function consumersOf(row: ModeRow, topicNames: readonly string[]): readonly Consumer[] {
  const all = topicNames.map((_, topic) => topic);
  switch (row) {
    case 'multi/shared':
      return topicNames.map((name) => ({ name, group: 'shared', topics: all }));
    case 'multi/per-topic':
      return topicNames.map((name, topic) => ({ name, group: name, topics: [topic] }));
    case 'single':
      return [{ name: 'all', group: 'all', topics: all }];
  }
}

function subscriptionsOf(consumers: readonly Consumer[], members: number, joining: number): SubscriptionSpec[] {
  const replicas = consumers.flatMap(({ name, group, topics }) =>
    Array.from({ length: members }, (_, replica) => ({
      name: replicaName(`sub-${name}`, replica, members),
      bus: replica,
      durable: group,
      ownsTopics: topics,
      begins: 'at once' as const,
    })),
  );
  const [first] = replicas;
  const joiners = Array.from({ length: joining }, (_, joiner) => ({
    ...first!,
    name: `sub-joins-${joiner + 1}`,
    bus: members + joiner,
    begins: 'later' as const,
  }));
  return [...replicas, ...joiners].map((subscription, index) => ({ index, ...subscription }));
}

function commitOf({ ack, kafka }: Pick<Scenario, 'ack' | 'kafka'>): KafkaCommit {
  if (ack === 'never') return { kind: 'never' };
  if (kafka.commit === 'manual') return { kind: 'manual' };
  return { kind: 'auto', intervalMs: kafka.commitIntervalMs, threshold: kafka.commitThreshold };
}
