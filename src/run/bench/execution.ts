/**
 * Defines how a row is run: the context that a runtime gets, and the result that it returns. The runtime runs the whole
 * pipeline and hands every observation to the sink in stamp order. It does not throw for a lost broker or an interrupt:
 * the result says so, and what was recorded until then counts.
 */
import type { Drain } from '../../domain/drain.js';
import type { ToolError } from '../../domain/errors.js';
import type { ObservationSink } from '../../domain/observation.js';
import type { Progress } from '../../domain/progress.js';
import type { BrokerInfo, ClientInfo } from '../../domain/report/run-report.js';
import type { RowPlan } from '../row/row-plan.js';

export interface ExecutionContext {
  readonly sink: ObservationSink;
  /** False: nothing has to be stamped and recorded, since the sink ignores it. */
  readonly observes: boolean;
  readonly signal: AbortSignal;
  onPhase(phase: Progress['phase']): void;
  /** Called before the first observation, once the broker has answered. */
  onBroker(broker: BrokerInfo, client: ClientInfo): void;
  /** Called at every poll of the bench. */
  onTick(): void;
}

export interface Execution {
  readonly drain: Drain;
  /** In the row's own clock, virtual or wall. */
  readonly durationMs: number;
  readonly interrupted: boolean;
  /** Stamps that were taken and whose observation never came in: 0 unless a thread was lost. */
  readonly observationsLost: number;
  readonly error: ToolError | null;
}

/** Runs a row on one runtime with one broker. */
export type Execute = (plan: RowPlan, context: ExecutionContext) => Promise<Execution>;

/** What all rows of a run share: a runtime with its broker. */
export interface Session {
  readonly execute: Execute;
  /** Stops what was started for the run. */
  close(): Promise<void>;
}
