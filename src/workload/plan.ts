/**
 * Plans the workload: the aggregates and topics, the topic of each aggregate, and the number of its versions.
 * Aggregates are spread evenly over topics; an aggregate is always on one topic, its home, unless the scenario provokes
 * the fault that spreads it.
 */
import type { Scenario } from '../domain/scenario/scenario.js';
import { zipfShares } from './zipf-shares.js';

export interface WorkloadPlan {
  readonly aggregateIds: readonly string[];
  readonly topicNames: readonly string[];
  /** Number of events of the run. */
  readonly events: number;
  /** How many versions the aggregate gets: some get more than others where keys are skewed. */
  readonly versionsOf: (aggregate: number) => number;
  topicOf(aggregate: number, version: number): number;
}

export function planWorkload(
  scenario: Pick<Scenario, 'aggregates' | 'topics' | 'versions' | 'skew' | 'topicChoice'>,
): WorkloadPlan {
  const { aggregates, topics, versions, skew, topicChoice } = scenario;
  const events = aggregates * versions;
  const shares = skew === 0 ? null : zipfShares(events, aggregates, skew);
  return {
    aggregateIds: Array.from({ length: aggregates }, (_, i) => `agg-${i}`),
    topicNames: Array.from({ length: topics }, (_, i) => `topic-${i}`),
    events,
    versionsOf: (aggregate) => (shares === null ? versions : shares[aggregate]!),
    topicOf: (aggregate, version) => (topicChoice === 'home' ? aggregate % topics : (aggregate + version - 1) % topics),
  };
}
