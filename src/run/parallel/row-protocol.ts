/**
 * The messages between the main thread and a worker that runs whole rows. A row is requested as plain data, from which
 * the worker plans it again, and returned finished.
 */
import type { RunRow } from '../../domain/report/run-report.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import type { PlannedRow } from '../../scenario/planned-rows.js';

/** What a worker is started with. */
export interface RowWorkerInput {
  readonly toolVersion: string;
  readonly runId: string;
  readonly observes: boolean;
}

/** A row of the report, by its place among all rows. */
export interface RowOrder {
  /** At its point of a sweep. */
  readonly scenario: Scenario;
  readonly row: PlannedRow;
  readonly index: number;
  readonly total: number | null;
}

export type ToRowWorker = { readonly type: 'run'; readonly order: RowOrder } | { readonly type: 'interrupt' };

export type FromRowWorker =
  | { readonly type: 'progress'; readonly handled: number; readonly regressions: number }
  | { readonly type: 'row'; readonly row: RunRow }
  /** A bug of ours; the row is lost. */
  | { readonly type: 'failed'; readonly message: string };
