/**
 * Describes what a run would do, without doing it: its rows, how often they are run, the events, what is done to the
 * run, the gates, and about how long it takes.
 */
import type { BrokerKind } from '../../domain/broker/registry.js';
import { formatDisturbance } from '../../domain/scenario/disturbance.js';
import { expectationKeysOf, type ModeRow, type RowExpectation, type Scenario } from '../../domain/scenario/scenario.js';
import type { SweepPoint } from '../../domain/report/sweep-point.js';
import { expectationOf } from '../../gate/gated-rows.js';
import { orderedRunsOfRows, repeatsAtLeast } from '../../gate/rows-of-run.js';
import type { Refusal } from '../../strategy/strategy.js';
import { isWorthThreads, usualThreads } from '../parallel/parallel-rows.js';
import { planWarmUp, RowPlanner, type RowPlan, type VariantOf } from '../row/row-plan.js';
import { refuseOnNamedCluster } from '../run-scenario.js';
import type { Connections } from '../sessions.js';
import { estimateMs } from './duration-estimate.js';

export interface PlannedRun {
  /** As the report names the row, without its repeat. */
  readonly name: string;
  readonly mode: ModeRow;
  readonly strategy: string;
  readonly broker: BrokerKind;
  /** null where nothing is swept. */
  readonly point: SweepPoint | null;
  readonly events: number;
  /** What the scenario expects of it; null: nothing. */
  readonly expected: RowExpectation | null;
  /** Why it cannot be run; null if it can, as far as is known without asking the broker. */
  readonly refusal: Refusal | null;
}

export interface Repeats {
  /** How often each row is run, at least. */
  readonly atLeast: number;
  /** Rows are run again until … */
  readonly until: { readonly orderedRuns: number } | { readonly pairsAtRisk: number } | null;
  /** Rounds before the first that counts, on real brokers; 0 if there is none of them. */
  readonly warmUp: number;
  readonly seeds: { readonly first: number; readonly last: number };
}

export interface RunPlan {
  readonly name: string;
  readonly rows: readonly PlannedRun[];
  readonly repeats: Repeats;
  /** Rows of the report, all repeats counted. */
  readonly runs: number;
  /** Events of all of them. */
  readonly events: number;
  readonly disturbances: readonly string[];
  readonly gates: Pick<Scenario, 'maxViolations' | 'failOn' | 'gateRows' | 'confidence' | 'within' | 'untilAtRisk'>;
  /** How long it takes, roughly; at least, if it is not known how often rows are run. */
  readonly estimateMs: number;
  /** Simulator rows that are run at once. */
  readonly atOnce: number;
  readonly scenario: Scenario;
}

export interface PlanInput {
  readonly variantOf?: VariantOf | undefined;
  readonly connections: Connections;
  /** Whether a trace is written; then rows are not run at once. */
  readonly isTraced: boolean;
}

/** @throws {UsageError} what a run would refuse before its first row */
export function planRun(scenario: Scenario, { variantOf, connections, isTraced }: PlanInput): RunPlan {
  refuseOnNamedCluster(scenario, connections);
  const once = new RowPlanner({ ...scenario, repeat: 1 }, { runId: 'plan', variantOf }).repeats(1, 1);
  const rows = once.map((plan) => plannedRunOf(plan, scenario));
  const { seed, untilAtRisk, maxViolations, failOn, gateRows, confidence, within } = scenario;
  const warmUp = planWarmUp(scenario, { runId: 'plan', variantOf }).length === 0 ? 0 : scenario.warmUp;
  const atLeast = repeatsAtLeast(scenario);
  const able = once.filter(({ refusal }) => refusal === null);
  const everyRun = Array.from({ length: atLeast }, () => once).flat();
  const threads = usualThreads();
  const atOnce = !isTraced && isWorthThreads(everyRun, threads) ? threads : 1;
  const named = (['nats', 'kafka'] as const).filter((server) => connections[server] !== null);
  return {
    name: scenario.name,
    rows,
    repeats: {
      atLeast,
      until: untilOf(orderedRunsOfRows(scenario), untilAtRisk),
      warmUp,
      seeds: { first: seed, last: seed + atLeast - 1 },
    },
    runs: once.length * atLeast,
    events: able.reduce((sum, { workload }) => sum + workload.events, 0) * atLeast,
    disturbances: scenario.disturb.map(formatDisturbance),
    gates: { maxViolations, failOn, gateRows, confidence, within, untilAtRisk },
    estimateMs: estimateMs({ rows: able, rounds: atLeast + warmUp, atOnce, named }),
    atOnce,
    scenario,
  };
}

function untilOf(orderedRuns: number | null, pairsAtRisk: number | null): Repeats['until'] {
  if (orderedRuns !== null) return { orderedRuns };
  return pairsAtRisk === null ? null : { pairsAtRisk };
}

function plannedRunOf(plan: RowPlan, { expect }: Scenario): PlannedRun {
  const { identity, modeRow, broker, workload, refusal } = plan;
  const { id, strategy, point } = identity;
  return {
    name: id.slice(0, id.lastIndexOf('#')),
    mode: modeRow,
    strategy,
    broker,
    point,
    events: workload.events,
    expected: expectationOf(expect, expectationKeysOf({ mode: modeRow, strategy }, broker)) ?? null,
    refusal,
  };
}
