/**
 * The result of running a row. A runtime runs the whole pipeline, hands every observation in stamp order to the sink it
 * was given, and says how the row ended. It does not throw for an event of the world (a lost broker, an interrupt): the
 * result says so, beside what was recorded until then.
 */
import type { Drain } from '../../domain/drain.js';
import type { ToolError } from '../../domain/errors.js';
import type { ObservationSink } from '../../domain/observation.js';
import type { Progress } from '../../domain/progress.js';
import type { BrokerInfo, ClientInfo } from '../../domain/report/run-report.js';
import type { RowPlan } from '../row/row-plan.js';

export interface ExecutionContext {
  readonly sink: ObservationSink;
  /** False: the sink wants nothing, so that nothing need be stamped and recorded for it. */
  readonly observes: boolean;
  readonly signal: AbortSignal;
  onPhase(phase: Progress['phase']): void;
  /** Called before the first observation, once it is known whom the run talks to. */
  onBroker(broker: BrokerInfo, client: ClientInfo): void;
  /** Called now and then while the run goes on. */
  onTick(): void;
}

export interface Execution {
  readonly drain: Drain;
  /** In the row's own clock. */
  readonly durationMs: number;
  readonly interrupted: boolean;
  /** Stamps that were taken and whose observation never came in: 0 unless a thread was lost. */
  readonly observationsLost: number;
  readonly error: ToolError | null;
}

/** One runtime with one broker. */
export type Execute = (plan: RowPlan, context: ExecutionContext) => Promise<Execution>;

/** What all rows of a run share: a runtime with its broker. */
export interface Session {
  readonly execute: Execute;
  /** Stops what was started for the run. */
  close(): Promise<void>;
}
