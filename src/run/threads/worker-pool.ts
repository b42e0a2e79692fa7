/**
 * Manages the workers of one row from the main thread: starts them, takes them from `connect` to `go`, passes on their
 * observations, and stops them. The first failure ends the run: every promise from {@link WorkerPool.orFailure} is
 * rejected with its error.
 */
import { Worker } from 'node:worker_threads';
import { InternalError, InterruptedError, type ToolError } from '../../domain/errors.js';
import type { ObservationChunk } from '../../runtime/threads/observation-batch.js';
import { settledBefore } from '../unless-aborted.js';
import { fromPlainError, toToolError, type FromWorker, type ToWorker, type WorkerInput } from './worker-protocol.js';

/** How long workers have to exit by themselves when told to stop, before they are terminated. */
const stopTimeoutMs = 3_000;
/** The same after an interrupt: the user waits, and the broker still has to be tidied up. */
const hurriedStopMs = 600;

interface Thread {
  readonly name: string;
  readonly worker: Worker;
  readonly ready: Promise<void>;
  readonly exited: Promise<void>;
  /** It was told to leave or crash, alone, so its exit is expected. */
  isLeaving: boolean;
}

export class WorkerPool {
  readonly #onChunk: (chunk: ObservationChunk) => void;
  readonly #threads: Thread[] = [];
  readonly #failed: Promise<never>;
  #reject: (error: ToolError) => void = () => {};
  #isStopping = false;

  constructor(onChunk: (chunk: ObservationChunk) => void) {
    this.#onChunk = onChunk;
    this.#failed = new Promise<never>((_, reject) => (this.#reject = reject));
    this.#failed.catch(() => undefined);
  }

  /**
   * @param script compiled worker script
   * @param end `by itself`: the worker exits when its work is done
   * @returns resolves once the worker has exited and all that it sent has come in
   */
  start(script: URL, input: WorkerInput, end: 'by itself' | 'when told'): Promise<void> {
    const worker = new Worker(script, { workerData: input, name: input.name, execArgv: [] });
    const ready = new Promise<void>((resolve) => {
      worker.on('message', (message: FromWorker) => {
        switch (message.type) {
          case 'ready':
            return resolve();
          case 'observations':
            return this.#takeIn(message.chunk);
          case 'failed':
            return this.fail(fromPlainError(message.error, input.name));
        }
      });
    });
    worker.on('error', (error) => {
      this.fail(new InternalError(`the thread ${input.name} died: ${error.message}`, { cause: error }));
    });
    const exited = new Promise<void>((resolve) => {
      worker.on('exit', (code) => {
        const isExpected = this.#isStopping || thread.isLeaving;
        if (!isExpected && (end === 'when told' || code !== 0)) {
          this.fail(new InternalError(`the thread ${input.name} ended before its work was done (exit code ${code})`));
        }
        resolve();
      });
    });
    const thread: Thread = { name: input.name, worker, ready, exited, isLeaving: false };
    this.#threads.push(thread);
    return exited;
  }

  /**
   * Starts one more worker during the row. Resolves once it was told to begin.
   * @throws {InterruptedError} if the pool is being stopped
   */
  async startLate(script: URL, input: WorkerInput, originNs: bigint): Promise<void> {
    if (this.#isStopping) throw new InterruptedError();
    void this.start(script, input, 'when told');
    const { worker, ready } = this.#threads.at(-1)!;
    worker.postMessage({ type: 'connect' } satisfies ToWorker);
    await this.orFailure(ready);
    worker.postMessage({ type: 'go', originNs } satisfies ToWorker);
  }

  /** Has one worker leave while the others go on. Resolves once it has exited and all its messages have come in. */
  async leave(name: string): Promise<void> {
    const thread = this.#threadOf(name);
    thread.isLeaving = true;
    thread.worker.postMessage({ type: 'leave' } satisfies ToWorker);
    await this.orFailure(thread.exited);
  }

  /** Has some workers exit without leaving properly. Resolves once they are gone and all their records have come in. */
  async crash(names: readonly string[]): Promise<void> {
    const threads = names.map((name) => this.#threadOf(name));
    for (const thread of threads) {
      thread.isLeaving = true;
      thread.worker.postMessage({ type: 'crash' } satisfies ToWorker);
    }
    await this.orFailure(Promise.all(threads.map(({ exited }) => exited)));
  }

  /** Blocks one worker for `forMs`, its event loop included. */
  stall(name: string, forMs: number): void {
    this.#threadOf(name).worker.postMessage({ type: 'stall', forMs } satisfies ToWorker);
  }

  /** Gives one bus another number of lanes; a bus that has crashed is left alone. */
  resize(name: string, workers: number): void {
    this.#threadOf(name).worker.postMessage({ type: 'resize', workers } satisfies ToWorker);
  }

  /** Makes one subscription fetch nothing for `forMs`. */
  pause(name: string, forMs: number): void {
    this.#threadOf(name).worker.postMessage({ type: 'pause', forMs } satisfies ToWorker);
  }

  #threadOf(name: string): Thread {
    const found = this.#threads.find((thread) => thread.name === name);
    if (found === undefined) throw new InternalError(`there is no thread ${name}`);
    return found;
  }

  /** Resolves once every worker has its connections. */
  async connect(): Promise<void> {
    this.#broadcast({ type: 'connect' });
    await this.orFailure(Promise.all(this.#threads.map(({ ready }) => ready)));
  }

  go(originNs: bigint): void {
    this.#broadcast({ type: 'go', originNs });
  }

  /** Ends the run with an error, as a failing worker does. Only the first error counts. */
  fail(error: unknown): void {
    this.#reject(toToolError(error));
  }

  /** Settles as `promise` does, or rejects with the error of the first worker that failed. */
  orFailure<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.#failed]);
  }

  /**
   * Resolves once no worker is left and all their messages have come in. Safe to call twice.
   * @param signal aborted by an interrupt, also while this waits
   */
  async stop(signal: AbortSignal): Promise<void> {
    this.#isStopping = true;
    this.#broadcast({ type: 'stop' });
    const exited = Promise.all(this.#threads.map((thread) => thread.exited));
    let timer: NodeJS.Timeout | undefined;
    const timeOut = new Promise<void>((resolve) => (timer = setTimeout(resolve, stopTimeoutMs)));
    await Promise.race([settledBefore(exited, signal, hurriedStopMs), timeOut]);
    clearTimeout(timer);
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
    await exited;
  }

  #takeIn(chunk: ObservationChunk): void {
    try {
      this.#onChunk(chunk);
    } catch (error) {
      this.fail(error);
    }
  }

  #broadcast(message: ToWorker): void {
    for (const { worker } of this.#threads) worker.postMessage(message);
  }
}
