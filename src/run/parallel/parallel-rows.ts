/**
 * Runs several simulator rows at once, each whole in a worker thread, and yields them in the order of their plans. A
 * row depends on its plan alone, so the result does not depend on the number of threads, except for measurements on the
 * wall clock.
 */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { InternalError } from '../../domain/errors.js';
import type { Progress, RunsProgress } from '../../domain/progress.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { RowPlan } from '../row/row-plan.js';
import { runRow } from '../row/run-row.js';
import type { FromRowWorker, RowWorkerInput, ToRowWorker } from './row-protocol.js';

/** Limited because each thread takes some tens of megabytes. */
const threadsMax = 32;

/** With fewer events in all rows together, starting threads takes longer than it saves. */
const eventsMin = 50_000;

const script = new URL('./row-worker.js', import.meta.url);

/** @returns one thread for each core, at most 32 */
export function usualThreads(): number {
  return Math.min(threadsMax, availableParallelism());
}

/**
 * Whether starting several threads pays: all rows are on the simulator, and there is enough work for each thread. False
 * if the sources run uncompiled, since a thread needs a compiled script.
 */
export function isWorthThreads(plans: readonly RowPlan[], threads: number): boolean {
  if (threads < 2 || plans.length < 2 * threads || !existsSync(fileURLToPath(script))) return false;
  if (!plans.every(({ identity }) => identity.clock === 'virtual')) return false;
  return plans.reduce((sum, { workload }) => sum + workload.events, 0) >= eventsMin;
}

export interface ParallelOptions extends RowWorkerInput {
  readonly threads: number;
  readonly signal: AbortSignal;
  onRuns(progress: RunsProgress): void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
  /** Of the row under way; null: nothing was heard of it yet, or there is none. */
  progress: Progress | null;
}

/** A row that is to be run. */
interface Job {
  readonly plan: RowPlan;
  /** null: the row was given up before it had begun. */
  readonly finished: Promise<RunRow | null>;
  readonly finish: (row: RunRow | Promise<RunRow> | null) => void;
}

export class ParallelRows {
  readonly #options: ParallelOptions;
  readonly #threads: Thread[] = [];
  readonly #begunAtMs = performance.now();
  /** Jobs that no thread has begun. */
  readonly #waiting: Job[] = [];
  #isClosed = false;
  readonly #done = { runs: 0, handled: 0, regressions: 0 };
  readonly #asked = { runs: 0, events: 0 };
  readonly #interrupt = (): void => {
    for (const job of this.#waiting.splice(0)) job.finish(null);
    for (const { worker } of this.#threads) worker.postMessage({ type: 'interrupt' } satisfies ToRowWorker);
  };

  constructor(options: ParallelOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', this.#interrupt, { once: true });
  }

  /**
   * Yields the rows in the order of their plans, each as soon as it and all before it have ended. After an interrupt it
   * yields only the rows that had begun, as far as they got. A caller that needs no more rows calls {@link close},
   * which gives up the rest.
   */
  async *run(plans: readonly RowPlan[]): AsyncGenerator<RunRow, void> {
    const jobs = plans.map(jobOf);
    if (this.#options.signal.aborted) return;
    this.#waiting.push(...jobs);
    this.#asked.runs += jobs.length;
    this.#asked.events += plans.reduce((sum, { workload }) => sum + workload.events, 0);
    while (this.#threads.length < Math.min(this.#options.threads, jobs.length)) this.#start();
    for (const thread of this.#threads) this.#giveJob(thread);
    try {
      for (const { finished } of jobs) {
        const row = await finished;
        if (row !== null) yield row;
      }
    } finally {
      this.#giveUp(new Set(jobs));
    }
  }

  /** Gives up the jobs that no thread has begun, which a caller that takes no more rows leaves. */
  #giveUp(jobs: ReadonlySet<Job>): void {
    const left = this.#waiting.splice(0);
    this.#waiting.push(...left.filter((job) => !jobs.has(job)));
    for (const job of left) if (jobs.has(job)) job.finish(null);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#options.signal.removeEventListener('abort', this.#interrupt);
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #start(): void {
    const { toolVersion, runId, observes } = this.#options;
    const workerData: RowWorkerInput = { toolVersion, runId, observes };
    const worker = new Worker(script, { workerData, name: 'rows', execArgv: [] });
    const thread: Thread = { worker, job: null, progress: null };
    this.#threads.push(thread);
    worker.on('message', (message: FromRowWorker) => {
      switch (message.type) {
        case 'progress':
          return this.#advance(thread, message.progress);
        case 'row':
          return this.#finish(thread, message.row);
        case 'failed':
          return this.#lose(thread, message.message);
      }
    });
    worker.on('error', (error) => this.#lose(thread, error.message));
    worker.on('exit', (code) => {
      if (!this.#isClosed) this.#lose(thread, `it ended by itself (exit code ${code})`);
    });
  }

  #giveJob(thread: Thread): void {
    if (thread.job !== null || this.#isClosed) return;
    const job = this.#waiting.shift();
    if (job === undefined) return;
    thread.job = job;
    const { scenario, identity, modeRow, round, index, total } = job.plan;
    const { id, broker, strategy, point, repeat } = identity;
    const row = { id, broker, modeRow, strategy, point, repeat };
    thread.worker.postMessage({ type: 'run', order: { scenario, row, round, index, total } } satisfies ToRowWorker);
  }

  #advance(thread: Thread, heard: Progress): void {
    thread.progress = heard;
    // A row that is done is not judged yet, and is told of once it has come.
    if (heard.phase !== 'done') this.#reportProgress(heard);
  }

  #finish(thread: Thread, row: RunRow): void {
    const { job, progress } = thread;
    Object.assign(thread, { job: null, progress: null });
    this.#done.runs += 1;
    this.#done.handled += row.counts.handled;
    this.#done.regressions += row.counts.regressions;
    if (progress !== null) this.#reportProgress(progress);
    job?.finish(row);
    this.#giveJob(thread);
  }

  /** Ends a thread that failed. Its row is in the report, with the failure as its error. */
  #lose(thread: Thread, reason: string): void {
    const { job } = thread;
    const at = this.#threads.indexOf(thread);
    if (at < 0) return;
    this.#threads.splice(at, 1);
    void thread.worker.terminate();
    job?.finish(lostRow(job.plan, `the thread of the row ${job.plan.identity.id} failed: ${reason}`));
  }

  #reportProgress(row: Progress): void {
    this.#options.onRuns({
      row,
      runsDone: this.#done.runs,
      runsTotal: this.#asked.runs,
      atOnce: this.#threads.filter(({ job }) => job !== null).length,
      handled: this.#done.handled + sumOf(this.#threads, ({ progress }) => progress?.handled ?? 0),
      events: this.#asked.events,
      regressions: this.#done.regressions + sumOf(this.#threads, ({ progress }) => progress?.regressions ?? 0),
      elapsedMs: performance.now() - this.#begunAtMs,
    });
  }
}

function jobOf(plan: RowPlan): Job {
  let finish: Job['finish'] = () => undefined;
  const finished = new Promise<RunRow | null>((resolve) => (finish = resolve));
  return { plan, finished, finish };
}

function lostRow(plan: RowPlan, message: string): Promise<RunRow> {
  const execution = {
    drain: { complete: false, reason: 'its thread died', brokerLost: false, givenUp: 0 },
    durationMs: 0,
    interrupted: false,
    observationsLost: 0,
    error: new InternalError(message),
  };
  const hooks = { signal: new AbortController().signal, trace: null, onProgress: () => undefined };
  return runRow(plan, () => Promise.resolve(execution), hooks);
}

function sumOf(threads: readonly Thread[], of: (thread: Thread) => number): number {
  return threads.reduce((sum, thread) => sum + of(thread), 0);
}
