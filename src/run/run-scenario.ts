/**
 * Runs the modes of a scenario one after the other, on the same workload and seed, and returns one report. A row that
 * fails is in the report with its error and ends the run, since the same fault would break the rows after it. The
 * exception is a row that its broker or mode does not support: the others are run all the same.
 *
 * The rows are repeated `repeat` times. If pairs at risk or ordered runs are asked for, repeats then go on until every
 * row has enough of them.
 */
import { sweepSeries } from '../comparison/sweep-series.js';
import { traitsOf } from '../domain/broker/registry.js';
import { InterruptedError, ToolError, UsageError } from '../domain/errors.js';
import type { RunReport, RunRow } from '../domain/report/run-report.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { runGroups } from '../report/repeats/repeat-groups.js';
import { readEnvironment } from './environment.js';
import { runProbe, type Probing } from './probe-rows.js';
import { breachesGate } from '../gate/gate.js';
import { RepeatControl } from '../gate/repeat-control.js';
import { replayCommand } from './replay.js';
import { planWarmUp, RowPlanner, type RowPlan, type VariantOf } from './row/row-plan.js';
import { RunTrace } from './row/row-trace.js';
import { makeRunId } from './run-id.js';
import { RowRunner, type RowRunnerOptions, type RunnerHooks } from './row/row-runner.js';
import { runRow } from './row/run-row.js';
import { Sessions, type Connections } from './sessions.js';
import { readToolInfo } from './tool-info.js';

export interface RunHooks extends RunnerHooks {
  readonly connections: Connections;
  /** The scenario at a point of its sweep; needed if it has one. */
  readonly variantOf?: VariantOf | undefined;
  /** null: no trace is written. */
  readonly tracePath: string | null;
  /** Arguments behind the program's name, as given. */
  readonly command: readonly string[];
  /** End after the first row that breaches a gate; without gates, the first that is violated. */
  readonly failFast?: boolean;
  /** Called for each private server before it is started: `a private Kafka 4.4.0`. */
  onStarting?(what: string): void;
  /** Called once the run has begun, with a function that makes the report of the rows that have ended by then. */
  onBegun?(soFar: () => RunReport): void;
  /** Run once more under another load, unless the run ended early; null, or absent: not. */
  readonly probing?: Probing | null;
  /** Called for an error that leaves the report valid: a trace that is incomplete, a server that did not stop. */
  onTrouble?(error: ToolError): void;
}

const nothingRun = 'interrupted before anything was run; nothing was kept';

/**
 * @throws {ToolError} if the run could not begin: no broker, a trace file that cannot be written. Once it has begun,
 *   errors are in the report's rows.
 */
export async function runScenario(scenario: Scenario, hooks: RunHooks): Promise<RunReport> {
  refuseOnNamedCluster(scenario, hooks.connections);
  const startedAt = new Date();
  const tool = readToolInfo();
  const runId = makeRunId(scenario.brokers, startedAt);
  const planning = { runId, variantOf: hooks.variantOf };
  const planner = new RowPlanner(scenario, planning);
  refuseWhereNothingRuns(planner);
  const about = {
    tool,
    command: hooks.command,
    replay: replayCommand(hooks.command, scenario.seed),
    startedAt: startedAt.toISOString(),
    environment: readEnvironment(),
  };
  const trace = hooks.tracePath === null ? null : new RunTrace(hooks.tracePath, about);
  const runs: RunRow[] = [];
  const reportOf = (): RunReport => ({
    schemaVersion: '2.0',
    ...about,
    seed: scenario.seed,
    scenario,
    runs: [...runs],
    groups: runGroups(runs),
    comparison: null,
    sweeps: sweepSeries(runs),
  });
  hooks.onBegun?.(() => {
    trace?.flush();
    return reportOf();
  });
  try {
    const sessions = await Sessions.open(scenario.brokers, {
      ...hooks.connections,
      ...{ tool, runId, signal: hooks.signal },
      onStarting: (what) => hooks.onStarting?.(what),
    }).catch((error: unknown) => {
      throw error instanceof InterruptedError ? new InterruptedError(nothingRun) : error;
    });
    try {
      await warmUp(planWarmUp(scenario, planning), sessions, hooks);
      await runRows(runs, { scenario, planner, sessions, trace, hooks, runId, tool });
    } finally {
      await closing(() => sessions.close(), hooks);
    }
  } finally {
    await closing(() => trace?.close(), hooks);
  }
  if (runs.length === 0 && hooks.signal.aborted)
    throw new InterruptedError(
      scenario.warmUp > 0 ? 'interrupted in the warm-up, before any row was run; nothing was kept' : nothingRun,
    );
  return reportOf();
}

interface Rows extends RowRunnerOptions {
  readonly scenario: Scenario;
  readonly planner: RowPlanner;
  readonly hooks: RunHooks;
}

async function warmUp(plans: readonly RowPlan[], sessions: Sessions, hooks: RunHooks): Promise<void> {
  for (const plan of plans) {
    if (hooks.signal.aborted) return;
    const { error } = await runRow(plan, sessions.of(plan.broker).execute, { ...hooks, trace: null });
    // The rows will fail in the same way, and report the error.
    if (error !== null && error.code !== 'unsupported') return;
  }
}

/** Adds each row to `runs` as it ends. */
async function runRows(runs: RunRow[], rows: Rows): Promise<void> {
  const runner = new RowRunner(rows);
  const { trace, hooks } = rows;
  try {
    const isComplete = await runRepeats(runs, rows, runner);
    const isProbed = isComplete && !hooks.signal.aborted && hooks.probing;
    if (isProbed) await runProbe(isProbed, trace === null ? runner : null, rows);
  } finally {
    await runner.close();
  }
}

/** @returns whether the rows ran as far as the scenario asks; false after an error, or the breach of a gate */
async function runRepeats(runs: RunRow[], rows: Rows, runner: RowRunner): Promise<boolean> {
  const control = new RepeatControl(rows.scenario);
  const { scenario, planner, trace, hooks } = rows;
  // A trace lists the planned rows, and a listed row should run. So with a trace, repeats are planned one at a time.
  let last = scenario.repeat;
  for (let plans = planner.repeats(1, last); plans.length > 0;) {
    trace?.plan(plans);
    const lastOf = lastRowsOfRepeats(plans);
    for await (const row of runner.run(plans)) {
      runs.push(row);
      control.add(row);
      if (row.error !== null && row.error.code !== 'unsupported') return false;
      if (hooks.failFast === true && breachesGate(scenario, row)) return false;
      if (lastOf.has(row.id) && control.isSettled()) return true;
    }
    const further = hooks.signal.aborted ? 0 : Math.min(control.further(), trace === null ? Infinity : 1);
    plans = further === 0 ? [] : planner.repeats(last + 1, last + further);
    last += further;
  }
  return true;
}

/** Ids of the last row of each repeat. */
function lastRowsOfRepeats(plans: readonly RowPlan[]): ReadonlySet<string> {
  const ids = new Map(plans.map(({ identity }) => [identity.repeat, identity.id]));
  return new Set(ids.values());
}

/** Refuses settings that leave no row that could be run on any broker. @throws {UsageError} with the first row's way out */
function refuseWhereNothingRuns(planner: RowPlanner): void {
  const plans = planner.repeats(1, 1);
  const [first] = plans;
  if (!first?.refusal || plans.some(({ refusal }) => refusal?.because !== 'settings')) return;
  const { reason, wayOut } = first.refusal;
  throw new UsageError(`${first.strategy.id} cannot be run like this: ${reason}`, wayOut);
}

/** Refuses disturbances that would kill a cluster named by the user, or make it refuse writes. @throws {UsageError} */
export function refuseOnNamedCluster({ brokers, disturb }: Scenario, connections: Connections): void {
  const doomed = disturb.find(({ kind }) => kind === 'restart' || kind === 'refuse');
  if (doomed === undefined) return;
  const isNamed = brokers.map(traitsOf).some(({ server, disturbances }) => {
    return server !== null && connections[server] !== null && disturbances.includes(doomed.kind);
  });
  if (!isNamed) return;
  throw new UsageError(
    `the disturbance ${doomed.kind} is for a private broker, and a cluster was named (--kafka-brokers or KAFKA_BROKERS)`,
    'name none, so that a private broker is started, or leave the disturbance out',
  );
}

/** Closes something at the end of a run; an error then goes to `onTrouble`, so that the report is not lost. */
async function closing(close: () => unknown, hooks: RunHooks): Promise<void> {
  try {
    await close();
  } catch (error) {
    if (!(error instanceof ToolError) || hooks.onTrouble === undefined) throw error;
    hooks.onTrouble(error);
  }
}
