/**
 * Which aggregates and topics are there, which aggregate lives on which topic, and who publishes it? Aggregates are
 * spread evenly over topics; an aggregate is always on one topic, its home, unless the scenario provokes the fault
 * that spreads it.
 */
import type { Scenario } from '../domain/scenario.js';

export interface WorkloadPlan {
  readonly aggregateIds: readonly string[];
  readonly topicNames: readonly string[];
  /** Versions that each aggregate gets. */
  readonly versions: number;
  /** Events in all. */
  readonly events: number;
  topicOf(aggregate: number, version: number): number;
}

export function planWorkload(
  scenario: Pick<Scenario, 'aggregates' | 'topics' | 'versions' | 'topicChoice'>,
): WorkloadPlan {
  const { aggregates, topics, versions, topicChoice } = scenario;
  return {
    aggregateIds: Array.from({ length: aggregates }, (_, i) => `agg-${i}`),
    topicNames: Array.from({ length: topics }, (_, i) => `topic-${i}`),
    versions,
    events: aggregates * versions,
    topicOf: (aggregate, version) => (topicChoice === 'home' ? aggregate % topics : (aggregate + version - 1) % topics),
  };
}
