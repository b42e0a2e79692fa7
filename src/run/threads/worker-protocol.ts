/**
 * Defines the messages between the main thread and its workers. A worker gets `connect` and answers `ready`; from `go`
 * on it sends observations until it exits. A publisher exits when its work is done, other workers when told to. A
 * worker that exits without being told to, other than a publisher, or that sends `failed`, ends the run. `stall` blocks
 * a worker's event loop, as a long garbage collection would.
 */
import type { BrokerKind } from '../../domain/broker/registry.js';
import { BrokerError, InternalError, ToolError, UnsupportedError } from '../../domain/errors.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import type { Topology } from '../../domain/topology.js';
import type { ObservationChunk } from '../../runtime/threads/observation-batch.js';
import type { DriverSpec } from './driver-spec.js';
import type { SharedRun } from './shared-run.js';

/** The data that every worker is started with. */
export interface WorkerInput {
  readonly name: string;
  readonly scenario: Scenario;
  /** The id of the strategy. */
  readonly strategy: string;
  readonly seed: number;
  readonly broker: BrokerKind;
  readonly topology: Topology;
  readonly driver: DriverSpec;
  readonly shared: SharedRun;
  /** Number of the publisher, subscription or bus that the worker runs. */
  readonly index: number;
  /** False: the worker records nothing. */
  readonly observes: boolean;
  /** Number of publisher threads in all. */
  readonly publishers: number;
}

export type ToWorker =
  | { readonly type: 'connect' }
  /** `originNs`: see ThreadClock. */
  | { readonly type: 'go'; readonly originNs: bigint }
  | { readonly type: 'stall'; readonly forMs: number }
  /** For a subscription: see PullConnection.pause. */
  | { readonly type: 'pause'; readonly forMs: number }
  /** For a bus: see Dispatcher.resize. */
  | { readonly type: 'resize'; readonly workers: number }
  /** The worker hands over its records and exits without closing its connection. */
  | { readonly type: 'crash' }
  /** For a subscription: the worker leaves its group (see PullConnection.leave) and exits. */
  | { readonly type: 'leave' }
  | { readonly type: 'stop' };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'observations'; readonly chunk: ObservationChunk }
  | { readonly type: 'failed'; readonly error: PlainError };

/** An error as plain data, since an error's class is lost on the way from one thread to another. */
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

/** @param thread name of the thread, for the message of an internal error */
export function fromPlainError(plain: PlainError, thread: string): ToolError {
  if (plain.code === 'broker-unavailable') return new BrokerError(plain.message, plain.wayOut);
  if (plain.code === 'unsupported') return new UnsupportedError(plain.message, plain.wayOut);
  return new InternalError(`the thread ${thread} failed: ${plain.message}`, { cause: plain.stack });
}

/** Converts anything thrown to a ToolError; what is not one already is reported as a bug of this tool. */
export function toToolError(thrown: unknown): ToolError {
  if (thrown instanceof ToolError) return thrown;
  return new InternalError(thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown });
}
