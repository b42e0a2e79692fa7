/**
 * How is one row run and judged? Its runtime hands every observation to checker, latency recorder, progress and trace;
 * at the end the verdict is judged, diagnosed and assembled.
 */
import { judge } from '../checker/outcome.js';
import { StreamingChecker } from '../checker/streaming-checker.js';
import { diagnose } from '../diagnosis/diagnose.js';
import type { Progress } from '../domain/progress.js';
import type { BrokerInfo, ClientInfo, RunError, RunRow } from '../domain/run-report.js';
import { FanOut } from '../observation/fan-out.js';
import { LatencyRecorder } from '../observation/latency-recorder.js';
import { RunEvents } from '../observation/run-events.js';
import { ProgressCounter } from '../observation/progress-counter.js';
import type { TraceWriter } from '../observation/trace-writer.js';
import type { Execute, Execution } from './execution.js';
import { assembleRow } from './row.js';
import type { RowPlan } from './row-plan.js';
import type { RunTrace } from './row-trace.js';

export interface RowHooks {
  readonly signal: AbortSignal;
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
  const sink = new FanOut([checker, latency, counter, events]);
  const begunAtMs = performance.now();
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

  const execution = await execute(plan, {
    sink,
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
    onTick: tell,
  });
  phase = 'done';
  tell();

  const verdict = checker.end(execution.drain);
  const judgement = judge({
    verdict,
    drain: execution.drain,
    strategyRepairsInput: plan.strategy.repairsInput,
    truncated: execution.observationsLost > 0,
    interrupted: execution.interrupted,
    allow: plan.scenario.allow,
  });
  const row = assembleRow({
    identity: plan.identity,
    broker: party.broker,
    client: party.client,
    verdict,
    judgement,
    diagnosis: diagnose(verdict, events.facts()),
    events,
    ...latency.measurements(),
    durationMs: execution.durationMs,
    wallDurationMs: performance.now() - begunAtMs,
    peakRssBytes: peakRssBytes(),
    error: errorOf(execution),
  });
  if (party.trace !== null) hooks.trace?.end(party.trace, execution, row);
  return row;
}

function checkerOf({ names, scenario, topology }: RowPlan): StreamingChecker {
  const { orderScope, allow } = scenario;
  return new StreamingChecker({ names, orderScope, logs: topology.kind === 'kafka' ? 'per topic' : 'shared', allow });
}

function errorOf({ error }: Execution): RunError | null {
  return error === null ? null : { code: error.code, message: error.message, wayOut: error.wayOut };
}

/** Of this process since it began; kilobytes on every platform that Node runs on. */
function peakRssBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
