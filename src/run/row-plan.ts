/**
 * What is one row of a report? One mode of a scenario, run once: its topology, workload, strategy and seed, all fixed
 * before anything is started.
 */
import type { BrokerKind, ModeRow, Scenario } from '../domain/scenario.js';
import { modeOfRow, protocolOf } from '../domain/scenario.js';
import type { Names } from '../domain/observation.js';
import type { Topology } from '../domain/topology.js';
import { plannedRows, type PlannedRow } from './planned-rows.js';
import { strategyById } from '../strategy/registry.js';
import { refuseDisturbance, type Refusal, type Strategy } from '../strategy/strategy.js';
import { withSuccessors } from '../subscription/successors.js';
import { topologyOfMode } from '../subscription/topology-of-mode.js';
import { planWorkload, type WorkloadPlan } from '../workload/plan.js';

/** How the report names a row. */
export interface RowIdentity {
  /** `multi/shared#1`; with its broker (`nats:multi/shared#1`) or strategy (`single+serial#1`) where there are several. */
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
  /** Null where the number of repeats is found while they run. */
  readonly total: number | null;
  readonly scenario: Scenario;
  /** Of this row: the scenario's seed for the first repeat, one more for each further one. */
  readonly seed: number;
  readonly strategy: Strategy;
  /** Why it cannot be run; null if it can, as far as is known before the broker was asked. */
  readonly refusal: Refusal | null;
  readonly topology: Topology;
  readonly workload: WorkloadPlan;
  readonly names: Names;
}

/**
 * The rows of a scenario in the order in which they run.
 * @param runId makes the names on the broker unique
 * @param firstName number of the first row in those names
 */
export function planRows(scenario: Scenario, runId: string, firstName = 0): RowPlan[] {
  return new RowPlanner(scenario, runId, firstName).repeats(1, scenario.repeat);
}

/** Plans one repeat after the other, where how many there are is found while they run. */
export class RowPlanner {
  readonly #scenario: Scenario;
  readonly #runId: string;
  readonly #firstName: number;
  readonly #workload: WorkloadPlan;

  /** @param runId makes the names on the broker unique */
  constructor(scenario: Scenario, runId: string, firstName = 0) {
    this.#scenario = scenario;
    this.#runId = runId;
    this.#firstName = firstName;
    this.#workload = planWorkload(scenario);
  }

  /** The rows of some repeats, from `first` to `last`, which count from 1. */
  repeats(first: number, last: number): RowPlan[] {
    const rows = plannedRows({ ...this.#scenario, repeat: last });
    const total = this.#scenario.untilContested === null ? rows.length : null;
    return rows.flatMap((row, index) => (row.repeat < first ? [] : [this.#plan(row, index, total)]));
  }

  #plan(row: PlannedRow, index: number, total: number | null): RowPlan {
    const { id, broker, modeRow, strategy: strategyId, repeat } = row;
    const scenario = this.#scenario;
    const workload = this.#workload;
    const strategy = strategyById(strategyId);
    const input = { scenario, topicNames: workload.topicNames, runId: `${this.#runId}_${this.#firstName + index}` };
    const plain = topologyOfMode(modeRow, broker, input);
    const refusal = strategy.refuses?.(protocolOf(broker), modeRow) ?? refuseDisturbance(strategy, scenario.disturb);
    const adapted = refusal === null ? (strategy.adaptTopology?.(plain, scenario) ?? plain) : plain;
    const topology = withSuccessors(adapted, scenario.disturb);
    const clock = broker.startsWith('sim:') ? 'virtual' : 'wall';
    return {
      identity: { id, broker, ...modeOfRow(modeRow), strategy: strategy.id, repeat, clock },
      broker,
      modeRow,
      index,
      total,
      scenario,
      seed: scenario.seed + repeat - 1,
      strategy,
      refusal,
      topology,
      workload,
      names: {
        aggregates: workload.aggregateIds,
        topics: workload.topicNames,
        subscriptions: topology.subscriptions.map((subscription) => subscription.name),
      },
    };
  }
}

/** What is run before the rows of a report, and is not in it. */
export function planWarmUp(scenario: Scenario, runId: string): RowPlan[] {
  const once = { ...scenario, repeat: scenario.warmUp, untilContested: null };
  const rows = scenario.warmUp === 0 ? [] : planRows(once, runId, warmUpNames);
  return rows.map((plan) => ({ ...plan, identity: { ...plan.identity, id: `warm-up ${plan.identity.id}` } }));
}

/** More than a report has rows. */
const warmUpNames = 1_000_000;
