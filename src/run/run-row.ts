/**
 * How is one row run and judged? Its runtime hands every observation to checker, latency recorder, progress and trace;
 * at the end the verdict is judged, diagnosed and assembled.
 */
import { UnsupportedError } from '../domain/errors.js';
import { judge, type Judgement } from '../checker/outcome.js';
import { StreamingChecker } from '../checker/streaming-checker.js';
import { diagnose } from '../diagnosis/diagnose.js';
import type { Progress } from '../domain/progress.js';
import type { BrokerInfo, ClientInfo, RunError, RunRow } from '../domain/run-report.js';
import { sharesDurables } from '../domain/topology.js';
import type { Verdict } from '../domain/verdict.js';
import { ConcurrencyRecorder } from '../observation/concurrency-recorder.js';
import { FanOut } from '../observation/fan-out.js';
import { LatencyRecorder } from '../observation/latency-recorder.js';
import { RunEvents } from '../observation/run-events.js';
import { ProgressCounter } from '../observation/progress-counter.js';
import type { TraceWriter } from '../observation/trace-writer.js';
import type { Execute, Execution, ExecutionContext } from './execution.js';
import { assembleRow } from './row.js';
import type { RowPlan } from './row-plan.js';
import { MemoryWatch } from './memory-watch.js';
import type { RunTrace } from './row-trace.js';

export interface RowHooks {
  readonly signal: AbortSignal;
  /** False: nothing is stamped, recorded or checked; for measuring what that costs. */
  readonly observes?: boolean;
  onProgress(progress: Progress): void;
  /** null: no trace is written. */
  readonly trace: RunTrace | null;
}

/** Whom the row talks to, and where it is traced; known once its broker has answered. */
interface Party {
  broker: BrokerInfo;
  client: ClientInfo;
  trace: TraceWriter | null;
}

export async function runRow(plan: RowPlan, execute: Execute, hooks: RowHooks): Promise<RunRow> {
  const checker = checkerOf(plan);
  const latency = new LatencyRecorder();
  const counter = new ProgressCounter();
  const events = new RunEvents();
  const concurrency = new ConcurrencyRecorder();
  const observes = hooks.observes ?? true;
  const sink = new FanOut(observes ? [checker, latency, counter, events, concurrency] : []);
  const begunAtMs = performance.now();
  const memory = new MemoryWatch();
  let phase: Progress['phase'] = 'starting';
  const party: Party = {
    broker: { kind: plan.broker, version: null, url: null },
    client: { name: 'unknown', version: 'unknown' },
    trace: null,
  };

  const tell = (): void => {
    hooks.onProgress({
      rowId: plan.identity.id,
      rowIndex: plan.index,
      rowsTotal: plan.total,
      published: counter.published,
      publishTotal: plan.workload.events,
      handled: counter.handled,
      regressions: checker.regressions,
      elapsedMs: performance.now() - begunAtMs,
      phase,
    });
  };

  const execution = await executeUnlessRefused(plan, execute, {
    sink,
    observes,
    signal: hooks.signal,
    onPhase: (now) => {
      phase = now;
      tell();
    },
    onBroker: (broker, client) => {
      party.broker = broker;
      party.client = client;
      party.trace = hooks.trace?.begin(plan, broker, client) ?? null;
      if (party.trace !== null) sink.add(party.trace);
    },
    onTick: () => {
      memory.look();
      tell();
    },
  });
  phase = 'done';
  tell();

  const verdict = checker.end(execution.drain);
  const row = assembleRow({
    identity: plan.identity,
    broker: party.broker,
    client: party.client,
    verdict,
    judgement: judgementOf(plan, verdict, execution),
    diagnosis: diagnose(verdict, events.facts()),
    events,
    ...latency.measurements(),
    concurrency: concurrency.concurrency(),
    durationMs: execution.durationMs,
    wallDurationMs: performance.now() - begunAtMs,
    peakRssBytes: memory.peakBytes(),
    error: errorOf(execution),
  });
  if (party.trace !== null) hooks.trace?.end(party.trace, execution, row);
  return row;
}

function judgementOf({ strategy, scenario, topology }: RowPlan, verdict: Verdict, execution: Execution): Judgement {
  return judge({
    verdict,
    drain: execution.drain,
    strategyRepairsInput: strategy.repairsInput,
    sharesDurables: sharesDurables(topology),
    truncated: execution.observationsLost > 0,
    interrupted: execution.interrupted,
    allow: scenario.allow,
    notRun: execution.error?.code === 'unsupported' ? execution.error.message : null,
  });
}

function executeUnlessRefused(plan: RowPlan, execute: Execute, context: ExecutionContext): Promise<Execution> {
  if (plan.refusal === null) return execute(plan, context);
  const { reason, wayOut } = plan.refusal;
  return Promise.resolve({
    drain: { complete: false, reason: 'it was not run', brokerLost: false, givenUp: 0 },
    durationMs: 0,
    interrupted: false,
    observationsLost: 0,
    error: new UnsupportedError(reason, wayOut),
  });
}

function checkerOf({ names, scenario, topology }: RowPlan): StreamingChecker {
  const { orderScope, allow } = scenario;
  return new StreamingChecker({ names, orderScope, logs: topology.kind === 'kafka' ? 'per topic' : 'shared', allow });
}

function errorOf({ error }: Execution): RunError | null {
  return error === null ? null : { code: error.code, message: error.message, wayOut: error.wayOut };
}
