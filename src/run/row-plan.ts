/**
 * What is one row of a report? One mode of a scenario, run once: its topology, workload, strategy and seed, all fixed
 * before anything is started.
 */
import type { ModeRow, Scenario } from '../domain/scenario.js';
import { modeOfRow } from '../domain/scenario.js';
import type { Names } from '../domain/observation.js';
import type { Topology } from '../domain/topology.js';
import { strategyById } from '../strategy/registry.js';
import type { Strategy } from '../strategy/strategy.js';
import { topologyOfMode } from '../subscription/topology-of-mode.js';
import { planWorkload, type WorkloadPlan } from '../workload/plan.js';

/** How the report names a row. */
export interface RowIdentity {
  /** `multi/shared#1` */
  readonly id: string;
  readonly mode: 'multi' | 'single';
  readonly durable: 'shared' | 'per-topic' | null;
  readonly strategy: string;
  readonly repeat: number;
  readonly clock: 'virtual' | 'wall';
}

export interface RowPlan {
  readonly identity: RowIdentity;
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
 * The rows of a scenario in the order in which they run: all modes, then all modes again for the next repeat, so that
 * a machine that gets slower does so for every mode.
 * @param runId makes the names on the broker unique
 */
export function planRows(scenario: Scenario, runId: string): RowPlan[] {
  const clock = scenario.broker.startsWith('sim:') ? 'virtual' : 'wall';
  const strategy = strategyById(scenario.strategy);
  const workload = planWorkload(scenario);
  const total = scenario.modes.length * scenario.repeat;
  return Array.from({ length: total }, (_, index) => {
    const modeRow = scenario.modes[index % scenario.modes.length]!;
    const repeat = 1 + Math.floor(index / scenario.modes.length);
    const plain = topologyOfMode(modeRow, { ...scenario, topicNames: workload.topicNames, runId: `${runId}_${index}` });
    const topology = strategy.adaptTopology?.(plain) ?? plain;
    return {
      identity: { id: `${modeRow}#${repeat}`, ...modeOfRow(modeRow), strategy: strategy.id, repeat, clock },
      modeRow,
      index,
      total,
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
