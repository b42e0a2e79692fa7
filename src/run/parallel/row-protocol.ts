/**
 * Defines the messages between the main thread and a worker that runs whole rows. A row is requested as plain data,
 * from which the worker makes the plan again, and is returned finished.
 */
import type { Progress, Round } from '../../domain/progress.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { Scenario } from '../../domain/scenario/scenario.js';
import type { PlannedRow } from '../../scenario/planned-rows.js';

/** The data that a worker is started with. */
export interface RowWorkerInput {
  readonly toolVersion: string;
  readonly runId: string;
  readonly observes: boolean;
}

/** The request to run one row. */
export interface RowOrder {
  /** The scenario at the row's point of a sweep. */
  readonly scenario: Scenario;
  readonly row: PlannedRow;
  readonly round: Round;
  /** From 0, among all rows of the report. */
  readonly index: number;
  /** See RowPlan. */
  readonly total: number | null;
}

export type ToRowWorker = { readonly type: 'run'; readonly order: RowOrder } | { readonly type: 'interrupt' };

export type FromRowWorker =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'row'; readonly row: RunRow }
  /** A bug of this tool; the row is lost. */
  | { readonly type: 'failed'; readonly message: string };
