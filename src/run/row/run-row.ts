/**
 * Runs one row and judges it. The runtime hands every observation to the row's observer and to the trace; at the end
 * the observer makes the row of the report.
 */
import { UnsupportedError } from '../../domain/errors.js';
import type { Progress } from '../../domain/progress.js';
import type { BrokerInfo, ClientInfo, RunError, RunRow } from '../../domain/report/run-report.js';
import { FanOut } from '../../observation/fan-out.js';
import type { TraceWriter } from '../../trace/trace-writer.js';
import { claimsOfPlan } from './claims-of-plan.js';
import type { Execute, Execution, ExecutionContext } from '../bench/execution.js';
import { MemoryWatch } from './memory-watch.js';
import { RowObserver } from './row-observer.js';
import type { RowPlan } from './row-plan.js';
import type { RunTrace } from './row-trace.js';

export interface RowHooks {
  readonly signal: AbortSignal;
  /** False: nothing is stamped, recorded or checked, to measure what observing costs. Default: true. */
  readonly observes?: boolean;
  onProgress(progress: Progress): void;
  /** null: no trace is written. */
  readonly trace: RunTrace | null;
}

/** The broker and client of the row, and its trace; known once the broker has answered. */
interface Counterpart {
  broker: BrokerInfo;
  client: ClientInfo;
  trace: TraceWriter | null;
}

export async function runRow(plan: RowPlan, execute: Execute, hooks: RowHooks): Promise<RunRow> {
  const { identity, names, topology, scenario } = plan;
  const observer = new RowObserver({ identity, names, topology, scenario, claims: claimsOfPlan(plan) });
  const observes = hooks.observes ?? true;
  const sink = new FanOut(observes ? [...observer.sinks] : []);
  const begunAtMs = performance.now();
  const memory = new MemoryWatch();
  let phase: Progress['phase'] = 'starting';
  const party: Counterpart = {
    broker: { kind: plan.broker, version: null, url: null },
    client: { name: 'unknown', version: 'unknown' },
    trace: null,
  };

  const reportProgress = (): void => {
    hooks.onProgress({
      round: plan.round,
      rowId: plan.identity.id,
      rowIndex: plan.index,
      rowsTotal: plan.total,
      ...observer.progress,
      publishTotal: plan.workload.events,
      elapsedMs: performance.now() - begunAtMs,
      phase,
    });
  };

  reportProgress();
  const execution = await executeUnlessRefused(plan, execute, {
    sink,
    observes,
    signal: hooks.signal,
    onPhase: (now) => {
      phase = now;
      reportProgress();
    },
    onBroker: (broker, client) => {
      party.broker = broker;
      party.client = client;
      party.trace = hooks.trace?.begin(plan, broker, client) ?? null;
      if (party.trace !== null) sink.add(party.trace);
    },
    onTick: () => {
      memory.look();
      reportProgress();
    },
  });
  phase = 'done';
  reportProgress();

  const { drain, durationMs } = execution;
  const row = await observer.row({
    broker: party.broker,
    client: party.client,
    drain,
    ending: {
      notRun: execution.error?.code === 'unsupported' ? execution.error.message : null,
      interrupted: execution.interrupted,
      truncated: execution.observationsLost > 0,
      truncation: null,
    },
    durationMs,
    wallDurationMs: performance.now() - begunAtMs,
    peakRssBytes: memory.peakBytes(),
    error: errorOf(execution),
  });
  if (party.trace !== null) hooks.trace?.end(party.trace, execution, row);
  return row;
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

function errorOf({ error }: Execution): RunError | null {
  return error === null ? null : { code: error.code, message: error.message, wayOut: error.wayOut };
}
