/**
 * Which subscriptions does a mode make, and what is each bound to?
 *
 * `multi/shared`: one subscription a topic, all bound to one durable without a filter (the incident's bus).
 * `multi/per-topic`: one subscription and one filtered durable a topic. `single`: one subscription for all topics.
 */
import type { ModeRow, Scenario } from '../domain/scenario.js';
import { streamMark, type DurableSpec, type SubscriptionSpec, type Topology } from '../domain/topology.js';

type Limits = Pick<Scenario, 'ackWaitMs' | 'maxAckPending' | 'maxDeliver' | 'backoffMs'>;

export interface TopologyInput extends Limits {
  readonly topicNames: readonly string[];
  /** Makes the names unique: letters, digits, dash and underscore. */
  readonly runId: string;
}

export function topologyOfMode(row: ModeRow, input: TopologyInput): Topology {
  const subjects = input.topicNames.map((topic) => `eventbus-bench.${input.runId}.${topic}`);
  const stream = { name: `${streamMark}${input.runId}`, subjects };
  const allTopics = input.topicNames.map((_, topic) => topic);
  switch (row) {
    case 'multi/shared':
      return {
        stream,
        durables: [durable('shared', [], input)],
        subscriptions: allTopics.map((topic) => subscription(topic, input.topicNames[topic]!, 'shared', [topic])),
      };
    case 'multi/per-topic':
      return {
        stream,
        durables: allTopics.map((topic) => durable(input.topicNames[topic]!, [subjects[topic]!], input)),
        subscriptions: allTopics.map((topic) =>
          subscription(topic, input.topicNames[topic]!, input.topicNames[topic]!, [topic]),
        ),
      };
    case 'single':
      return {
        stream,
        durables: [durable('all', [], input)],
        subscriptions: [subscription(0, 'all', 'all', allTopics)],
      };
  }
}

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
  return { index, name: `sub-${name}`, durable: durableName, ownsTopics };
}
