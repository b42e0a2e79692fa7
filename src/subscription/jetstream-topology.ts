/**
 * Makes the stream, durables and subscriptions of a mode on JetStream. `multi/shared`: one subscription a topic, all
 * bound to one durable without a filter (the incident's bus). `multi/per-topic`: one subscription and one filtered
 * durable a topic. `single`: one subscription for all topics. With several `members` the service has as many replicas,
 * each with all of these subscriptions on a bus of its own, bound to the same durables.
 */
import type { ModeRow, Scenario } from '../domain/scenario/scenario.js';
import { streamMark, type DurableSpec, type JetStreamTopology, type SubscriptionSpec } from '../domain/topology.js';
import { replicaName } from './replica-name.js';
import type { TopologyInput } from './topology-input.js';

export function jetStreamTopologyOfMode(row: ModeRow, input: TopologyInput): JetStreamTopology {
  const { scenario, topicNames, runId } = input;
  const subjects = topicNames.map((topic) => `eventbus-bench.${runId}.${topic}`);
  return {
    kind: 'jetstream',
    stream: { name: `${streamMark}${runId}`, messageId: scenario.messageId, subjects },
    durables: durablesOf(row, topicNames, subjects, scenario),
    natsClient: scenario.natsClient,
    subscriptions: replicated(subscriptionsOf(row, topicNames), scenario.kafka.members),
  };
}

function durablesOf(
  row: ModeRow,
  topicNames: readonly string[],
  subjects: readonly string[],
  limits: Limits,
): readonly DurableSpec[] {
  switch (row) {
    case 'multi/shared':
      return [durable('shared', [], limits)];
    case 'multi/per-topic':
      return topicNames.map((name, topic) => durable(name, [subjects[topic]!], limits));
    case 'single':
      return [durable('all', [], limits)];
  }
}

/** What one replica of the service subscribes to. */
type OfReplica = Pick<SubscriptionSpec, 'name' | 'durable' | 'ownsTopics'>;

function subscriptionsOf(row: ModeRow, topicNames: readonly string[]): readonly OfReplica[] {
  switch (row) {
    case 'multi/shared':
      return topicNames.map((name, topic) => ({ name: `sub-${name}`, durable: 'shared', ownsTopics: [topic] }));
    case 'multi/per-topic':
      return topicNames.map((name, topic) => ({ name: `sub-${name}`, durable: name, ownsTopics: [topic] }));
    case 'single':
      return [{ name: 'sub-all', durable: 'all', ownsTopics: topicNames.map((_, topic) => topic) }];
  }
}

function replicated(subscriptions: readonly OfReplica[], members: number): readonly SubscriptionSpec[] {
  const replicas = subscriptions.flatMap((subscription) =>
    Array.from({ length: members }, (_, bus) => ({
      ...subscription,
      name: replicaName(subscription.name, bus, members),
      bus,
      begins: 'at once' as const,
    })),
  );
  return replicas.map((subscription, index) => ({ index, ...subscription }));
}

type Limits = Pick<Scenario, 'ackWaitMs' | 'maxAckPending' | 'maxDeliver' | 'backoffMs'>;

function durable(name: string, filterSubjects: readonly string[], limits: Limits): DurableSpec {
  const { ackWaitMs, maxAckPending, maxDeliver, backoffMs } = limits;
  return { name, filterSubjects, ackWaitMs, maxAckPending, maxDeliver, backoffMs };
}
