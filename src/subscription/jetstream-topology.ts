/**
 * Makes the stream, durables and subscriptions of a mode on JetStream. `multi/shared`: one subscription a topic, all
 * bound to one durable without a filter (the incident's bus). `multi/per-topic`: one subscription and one filtered
 * durable a topic. `single`: one subscription for all topics.
 */
import type { ModeRow, Scenario } from '../domain/scenario/scenario.js';
import { streamMark, type DurableSpec, type JetStreamTopology, type SubscriptionSpec } from '../domain/topology.js';
import type { TopologyInput } from './topology-input.js';

export function jetStreamTopologyOfMode(
  row: ModeRow,
  { scenario, topicNames, runId }: TopologyInput,
): JetStreamTopology {
  const kind = 'jetstream';
  const subjects = topicNames.map((topic) => `eventbus-bench.${runId}.${topic}`);
  const stream = { name: `${streamMark}${runId}`, subjects };
  const allTopics = topicNames.map((_, topic) => topic);
  switch (row) {
    case 'multi/shared':
      return {
        kind,
        stream,
        durables: [durable('shared', [], scenario)],
        subscriptions: allTopics.map((topic) => subscription(topic, topicNames[topic]!, 'shared', [topic])),
      };
    case 'multi/per-topic':
      return {
        kind,
        stream,
        durables: allTopics.map((topic) => durable(topicNames[topic]!, [subjects[topic]!], scenario)),
        subscriptions: allTopics.map((topic) => subscription(topic, topicNames[topic]!, topicNames[topic]!, [topic])),
      };
    case 'single':
      return {
        kind,
        stream,
        durables: [durable('all', [], scenario)],
        subscriptions: [subscription(0, 'all', 'all', allTopics)],
      };
  }
}

type Limits = Pick<Scenario, 'ackWaitMs' | 'maxAckPending' | 'maxDeliver' | 'backoffMs'>;

function durable(name: string, filterSubjects: readonly string[], limits: Limits): DurableSpec {
  const { ackWaitMs, maxAckPending, maxDeliver, backoffMs } = limits;
  return { name, filterSubjects, ackWaitMs, maxAckPending, maxDeliver, backoffMs };
}

function subscription(
  index: number,
  name: string,
  durableName: string,
  ownsTopics: readonly number[],
): SubscriptionSpec {
  return { index, name: `sub-${name}`, durable: durableName, ownsTopics, bus: 0, begins: 'at once' };
}
