/**
 * Plans the rows of a report. A row is one mode of a scenario with one strategy on one broker, run once; its topology,
 * workload and seed are fixed before anything is started.
 */
import { traitsOf, type BrokerKind } from '../../domain/broker/registry.js';
import type { ModeRow, Scenario } from '../../domain/scenario/scenario.js';
import { modeOfRow } from '../../domain/scenario/scenario.js';
import type { Round } from '../../domain/progress.js';
import type { SweepPoint } from '../../domain/report/sweep-point.js';
import type { Names } from '../../domain/observation.js';
import { rowsOfRun } from '../../gate/rows-of-run.js';
import type { Topology } from '../../domain/topology.js';
import { plannedRows, type PlannedRow } from '../../scenario/planned-rows.js';
import { strategyById } from '../../strategy/registry.js';
import { refuseDisturbance, type Refusal, type Strategy } from '../../strategy/strategy.js';
import { withSuccessors } from '../../subscription/successors.js';
import { topologyOfMode } from '../../subscription/topology-of-mode.js';
import { planWorkload, type WorkloadPlan } from '../../workload/plan.js';

/** How the report names a row. */
export interface RowIdentity {
  /**
   * `multi/shared#1`; with its broker (`nats:multi/shared#1`) or strategy (`single+serial#1`) where there are several.
   */
  readonly id: string;
  readonly broker: BrokerKind;
  readonly mode: 'multi' | 'single';
  readonly durable: 'shared' | 'per-topic' | null;
  readonly strategy: string;
  readonly repeat: number;
  readonly point: SweepPoint | null;
  readonly clock: 'virtual' | 'wall';
}

export interface RowPlan {
  readonly identity: RowIdentity;
  readonly round: Round;
  readonly broker: BrokerKind;
  readonly modeRow: ModeRow;
  /** From 0, among all rows of the report. */
  readonly index: number;
  /**
   * Number of rows of the report, if every run that a confidence counts is ordered; null if repeats go on until enough
   * pairs at risk were seen.
   */
  readonly total: number | null;
  readonly scenario: Scenario;
  /** The scenario's seed for the first repeat, one more for each further repeat. */
  readonly seed: number;
  readonly strategy: Strategy;
  /** Why the row cannot be run; null if it can, as far as is known without asking the broker. */
  readonly refusal: Refusal | null;
  readonly topology: Topology;
  readonly workload: WorkloadPlan;
  readonly names: Names;
}

export interface PlannerOptions {
  /** Makes the names on the broker unique. */
  readonly runId: string;
  /** The number in the names of the first row; counted up from there. */
  readonly firstName?: number;
  /** Default: the rows of the report. */
  readonly round?: Round;
  /** The scenario at a point of its sweep; needed if it has one. */
  readonly variantOf?: VariantOf | undefined;
}

export type VariantOf = (point: SweepPoint) => Scenario;

/** Plans repeat after repeat, since some scenarios determine their number of repeats only while they run. */
export class RowPlanner {
  readonly #scenario: Scenario;
  readonly #options: PlannerOptions;
  /** By point of the sweep. */
  readonly #workloads = new Map<SweepPoint | null, WorkloadPlan>();

  constructor(scenario: Scenario, options: PlannerOptions) {
    this.#scenario = scenario;
    this.#options = options;
  }

  /** The rows of some repeats, from `first` to `last`, which count from 1. */
  repeats(first: number, last: number): RowPlan[] {
    const rows = plannedRows({ ...this.#scenario, repeat: last });
    const total = rowsOfRun(this.#scenario, last);
    return rows.flatMap((row, index) => (row.repeat < first ? [] : [this.plan(row, index, total)]));
  }

  #workloadOf(point: SweepPoint | null, scenario: Scenario): WorkloadPlan {
    const known = this.#workloads.get(point);
    if (known !== undefined) return known;
    const planned = planWorkload(scenario);
    this.#workloads.set(point, planned);
    return planned;
  }

  /** @param index from 0, among all rows of the report */
  plan(row: PlannedRow, index: number, total: number | null): RowPlan {
    const { id, broker, modeRow, strategy: strategyId, repeat, point } = row;
    const { runId, firstName = 0, round = 'rows', variantOf } = this.#options;
    const scenario = point === null ? this.#scenario : (variantOf?.(point) ?? this.#scenario);
    const workload = this.#workloadOf(point, scenario);
    const strategy = strategyById(strategyId);
    const input = { scenario, topicNames: workload.topicNames, runId: `${runId}_${firstName + index}` };
    const plain = topologyOfMode(modeRow, broker, input);
    const traits = traitsOf(broker);
    const refusal =
      strategy.refuses?.(traits, modeRow, scenario.kafka.members) ?? refuseDisturbance(strategy, scenario.disturb);
    const adapted = refusal === null ? (strategy.adaptTopology?.(plain, scenario) ?? plain) : plain;
    const topology = withSuccessors(adapted, scenario.disturb);
    const clock = traits.isSimulated ? 'virtual' : 'wall';
    return {
      identity: { id, broker, ...modeOfRow(modeRow), strategy: strategy.id, repeat, point, clock },
      round,
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

/**
 * Plans of the warm-up, which runs before the rows of a report and is not part of it. The simulator needs none: its
 * clock does not run faster when the code is warm.
 */
export function planWarmUp(scenario: Scenario, options: PlannerOptions): RowPlan[] {
  if (scenario.warmUp === 0) return [];
  const once = { ...scenario, repeat: scenario.warmUp, untilAtRisk: null, confidence: null };
  const rows = new RowPlanner(once, { ...options, firstName: warmUpNames, round: 'warm-up' }).repeats(
    1,
    scenario.warmUp,
  );
  const real = rows.filter(({ identity }) => identity.clock === 'wall');
  return real.map((plan) => ({ ...plan, identity: { ...plan.identity, id: `warm-up ${plan.identity.id}` } }));
}

/** Names of warm-up rows are counted from here, above the index of any row of a report. */
const warmUpNames = 1_000_000;
