/**
 * Runs the rows of a report. They run one after the other in this thread, or several at once in worker threads if all
 * of them are on the simulator and there are enough of them. Either way the result is the same: rows in the order of
 * their plans.
 */
import type { Progress, RunsProgress } from '../../domain/progress.js';
import type { RunRow } from '../../domain/report/run-report.js';
import { isWorthThreads, ParallelRows, usualThreads } from '../parallel/parallel-rows.js';
import type { RowPlan } from './row-plan.js';
import type { RunTrace } from './row-trace.js';
import { runRow } from './run-row.js';
import type { Sessions } from '../sessions.js';
import type { ToolInfo } from '../tool-info.js';

export interface RunnerHooks {
  readonly signal: AbortSignal;
  /** See RowHooks. */
  readonly observes?: boolean;
  onProgress(progress: Progress): void;
  /** Called in place of `onProgress` while several rows run at once. */
  onRuns?(progress: RunsProgress): void;
  /** The most simulator rows that run at once; by default one for each core. */
  readonly threads?: number;
}

export interface RowRunnerOptions {
  readonly sessions: Sessions;
  readonly tool: ToolInfo;
  readonly runId: string;
  /** null: no trace is written. With a trace rows are never run at once, since it has one row after the other. */
  readonly trace: RunTrace | null;
  readonly hooks: RunnerHooks;
}

export class RowRunner {
  readonly #options: RowRunnerOptions;
  #parallel: ParallelRows | null = null;

  constructor(options: RowRunnerOptions) {
    this.#options = options;
  }

  /** After an interrupt the row under way is the last one. The caller closes the runner when it needs no more rows. */
  run(plans: readonly RowPlan[]): AsyncIterable<RunRow> {
    const { hooks, tool, runId, trace } = this.#options;
    const threads = hooks.threads ?? usualThreads();
    if (this.#parallel === null && trace === null && isWorthThreads(plans, threads)) {
      const { signal, observes = true } = hooks;
      const onRuns = (progress: RunsProgress): void => hooks.onRuns?.(progress);
      this.#parallel = new ParallelRows({ toolVersion: tool.version, runId, observes, threads, signal, onRuns });
    }
    return this.#parallel?.run(plans) ?? this.#inTurn(plans);
  }

  async close(): Promise<void> {
    await this.#parallel?.close();
  }

  async *#inTurn(plans: readonly RowPlan[]): AsyncGenerator<RunRow, void> {
    const { hooks, sessions, trace } = this.#options;
    for (const plan of plans) {
      if (hooks.signal.aborted) return;
      yield await runRow(plan, sessions.of(plan.broker).execute, { ...hooks, trace });
    }
  }
}
