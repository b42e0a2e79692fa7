/**
 * What is one row of a report? One mode of a scenario, run once: its topology, workload, strategy and seed, all fixed
 * before anything is started.
 */
import type { BrokerKind, ModeRow, Scenario } from '../domain/scenario.js';
import { modeOfRow } from '../domain/scenario.js';
import type { Names } from '../domain/observation.js';
import type { Topology } from '../domain/topology.js';
import { plannedRows } from './planned-rows.js';
import { strategyById } from '../strategy/registry.js';
import type { Strategy } from '../strategy/strategy.js';
import { topologyOfMode } from '../subscription/topology-of-mode.js';
import { planWorkload, type WorkloadPlan } from '../workload/plan.js';

/** How the report names a row. */
export interface RowIdentity {
  /** `multi/shared#1`, or `nats:multi/shared#1` where the report has several brokers. */
  readonly id: string;
  readonly broker: BrokerKind;
  readonly mode: 'multi' | 'single';
  readonly durable: 'shared' | 'per-topic' | null;
  readonly strategy: string;
  readonly repeat: number;
  readonly clock: 'virtual' | 'wall';
}

export interface RowPlan {
  readonly identity: RowIdentity;
  readonly broker: BrokerKind;
  readonly modeRow: ModeRow;
  /** From 0, among all rows of the report. */
  readonly index: number;
  readonly total: number;
  readonly scenario: Scenario;
  /** Of this row: the scenario's seed for the first repeat, one more for each further one. */
  readonly seed: number;
  readonly strategy: Strategy;
  readonly topology: Topology;
  readonly workload: WorkloadPlan;
  readonly names: Names;
}

/**
 * The rows of a scenario in the order in which they run.
 * @param runId makes the names on the broker unique
 */
export function planRows(scenario: Scenario, runId: string): RowPlan[] {
  const strategy = strategyById(scenario.strategy);
  const workload = planWorkload(scenario);
  const rows = plannedRows(scenario);
  return rows.map(({ id, broker, modeRow, repeat }, index) => {
    const input = { scenario, topicNames: workload.topicNames, runId: `${runId}_${index}` };
    const plain = topologyOfMode(modeRow, broker, input);
    const topology = strategy.adaptTopology?.(plain) ?? plain;
    const clock = broker.startsWith('sim:') ? 'virtual' : 'wall';
    return {
      identity: { id, broker, ...modeOfRow(modeRow), strategy: strategy.id, repeat, clock },
      broker,
      modeRow,
      index,
      total: rows.length,
      scenario,
      seed: scenario.seed + repeat - 1,
      strategy,
      topology,
      workload,
      names: {
        aggregates: workload.aggregateIds,
        topics: workload.topicNames,
        subscriptions: topology.subscriptions.map((subscription) => subscription.name),
      },
    };
  });
}
