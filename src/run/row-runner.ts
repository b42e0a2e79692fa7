/**
 * Runs the rows of a report one after the other, in the order of their plans.
 */
import type { Progress } from '../domain/progress.js';
import type { RunRow } from '../domain/run-report.js';
import type { RowPlan } from './row-plan.js';
import type { RunTrace } from './row-trace.js';
import { runRow } from './run-row.js';
import type { Sessions } from './sessions.js';

export interface RunnerHooks {
  readonly signal: AbortSignal;
  /** See RowHooks. */
  readonly observes?: boolean;
  onProgress(progress: Progress): void;
}

export interface RowRunnerOptions {
  readonly sessions: Sessions;
  /** A trace has one row after the other; null: none is written. */
  readonly trace: RunTrace | null;
  readonly hooks: RunnerHooks;
}

export class RowRunner {
  readonly #options: RowRunnerOptions;

  constructor(options: RowRunnerOptions) {
    this.#options = options;
  }

  /** Ends early on an interrupt, with the row that it cut off. */
  async *run(plans: readonly RowPlan[]): AsyncGenerator<RunRow, void> {
    const { hooks, sessions, trace } = this.#options;
    for (const plan of plans) {
      if (hooks.signal.aborted) return;
      yield await runRow(plan, sessions.of(plan.broker).execute, { ...hooks, trace });
    }
  }
}
