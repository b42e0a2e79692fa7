/**
 * The messages between the main thread and its workers: `connect`, answered by `ready`; `go`; then observations until
 * the worker exits, by itself when its work is done (a publisher), or when told to `stop`. A worker that exits untold,
 * other than a publisher, or that says `failed`, ends the run. A worker that is told to `stall` stands still: its event
 * loop runs nothing, as in a long garbage collection.
 */
import type { BrokerKind } from '../../domain/broker/registry.js';
import { BrokerError, InternalError, ToolError, UnsupportedError } from '../../domain/errors.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import type { Topology } from '../../domain/topology.js';
import type { ObservationChunk } from '../../runtime/threads/observation-batch.js';
import type { DriverSpec } from './driver-spec.js';
import type { SharedRun } from './shared-run.js';

/** What every worker is started with. */
export interface WorkerInput {
  readonly name: string;
  readonly scenario: Scenario;
  /** Its id. */
  readonly strategy: string;
  readonly seed: number;
  readonly broker: BrokerKind;
  readonly topology: Topology;
  readonly driver: DriverSpec;
  readonly shared: SharedRun;
  /** Of a publisher or a subscription: which one. */
  readonly index: number;
  /** False: it records nothing. */
  readonly observes: boolean;
  /** Publisher threads in all. */
  readonly publishers: number;
}

export type ToWorker =
  | { readonly type: 'connect' }
  /** `originNs`: see ThreadClock. */
  | { readonly type: 'go'; readonly originNs: bigint }
  | { readonly type: 'stall'; readonly forMs: number }
  /** Of a subscription: see PullConnection.pause. */
  | { readonly type: 'pause'; readonly forMs: number }
  /** Of a bus: see Dispatcher.resize. */
  | { readonly type: 'resize'; readonly workers: number }
  /** Hands over what it has recorded and is gone, its connection dropped without a good-bye. */
  | { readonly type: 'crash' }
  /** Of a subscription: see PullConnection.leave. Then it is gone. */
  | { readonly type: 'leave' }
  | { readonly type: 'stop' };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'observations'; readonly chunk: ObservationChunk }
  | { readonly type: 'failed'; readonly error: PlainError };

/** An error as it crosses from one thread to another: classes do not survive that. */
export interface PlainError {
  readonly code: string;
  readonly message: string;
  readonly wayOut: string;
  readonly stack: string;
}

export function toPlainError(error: unknown): PlainError {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  if (error instanceof ToolError) return { code: error.code, message: error.message, wayOut: error.wayOut, stack };
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), wayOut: '', stack };
}

/** @param thread its name, for errors that are bugs */
export function fromPlainError(plain: PlainError, thread: string): ToolError {
  if (plain.code === 'broker-unavailable') return new BrokerError(plain.message, plain.wayOut);
  if (plain.code === 'unsupported') return new UnsupportedError(plain.message, plain.wayOut);
  return new InternalError(`the thread ${thread} failed: ${plain.message}`, { cause: plain.stack });
}

/** Makes an error for users of anything thrown; an error that is not of this tool is reported as a bug. */
export function toToolError(thrown: unknown): ToolError {
  if (thrown instanceof ToolError) return thrown;
  return new InternalError(thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}
