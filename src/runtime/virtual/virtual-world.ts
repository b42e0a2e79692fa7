/**
 * Runs a whole bus in one thread, in virtual time, the same way for the same seed.
 *
 * Tasks are async functions. At most one of them runs at a time; the others await promises that this class hands out.
 * The world counts the tasks that are running. When the last one has begun to wait, the world takes a step, which
 * resumes one task: a seeded choice among those that are ready now or, if none is, the one of the earliest timer, to
 * whose time the clock then jumps. A wait on any other promise would never let the count reach zero; the world notices
 * that it stands still and fails with an error that says so.
 *
 * A task is resumed as a microtask. Every thousand steps a macrotask comes between, so that signals of the
 * operating system and the progress display get through. A step is a task that goes on or a callback of the simulated
 * broker; a task with much to do in one step lets a macrotask through itself ({@link VirtualWorld.breathe}). Neither
 * changes what happens in the world.
 */
import { InternalError } from '../../domain/errors.js';
import type { Prng, Scheduler, Signal, Task, VirtualTime } from '../ports.js';
import { TimerHeap, type Callback } from './timer-heap.js';

const stepsBetweenMacrotasks = 1024;
const stallCheckMs = 5000;

export class VirtualWorld implements Scheduler, VirtualTime {
  readonly #prng: Prng;
  /** Tasks that may go on now, each by the resolve function of the promise that it waits on. */
  readonly #ready: Callback[] = [];
  readonly #timers = new TimerHeap();
  #timeMs = 0;
  #running = 0;
  #steps = 0;
  #over: ((error: unknown) => void) | null = null;
  readonly #step = (): void => {
    this.#takeStep();
  };
  #resolve: Callback = () => undefined;
  /** The executor of every wait's promise: one closure for all of them, to save one for each wait. */
  readonly #capture = (resolve: Callback): void => {
    this.#resolve = resolve;
  };

  /** @param prng chooses what happens next wherever several things could */
  constructor(prng: Prng) {
    this.#prng = prng;
  }

  nowMs(): number {
    return this.#timeMs;
  }

  /**
   * Runs `main` as the first task, until it ends or any task fails. Tasks still waiting then are abandoned.
   * @throws the error of a task that failed and was not joined; {@link InternalError} if the world stands still
   */
  async run(main: () => Promise<void>): Promise<void> {
    let steps = -1;
    let stall: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#over = (error) => {
          this.#over = null;
          if (error === null) resolve();
          else reject(asError(error));
        };
        stall = setInterval(() => {
          if (steps === this.#steps)
            this.#end(new InternalError('the simulation stands still: a task waits for something outside of it'));
          steps = this.#steps;
        }, stallCheckMs);
        this.spawn('main', async () => {
          await main();
          this.#end(null);
        });
      });
    } finally {
      clearInterval(stall);
    }
  }

  /** Ends the run between two steps: {@link run} throws this error, and every task is abandoned where it waits. */
  stop(error: Error): void {
    this.#end(error);
  }

  /** The world stands still meanwhile, since the task that calls this still counts as running. */
  breathe(): Promise<void> {
    this.#steps++;
    return new Promise((resolve) => setImmediate(resolve));
  }

  spawn(name: string, body: () => Promise<void>): Task {
    const task = new VirtualTask(name, this.signal());
    this.#running++;
    body().then(
      () => {
        this.#taskEnded(task, null);
      },
      (error: unknown) => {
        this.#taskEnded(task, error ?? new InternalError(`task ${name} failed without saying why`));
      },
    );
    return task;
  }

  pause(): Promise<void> {
    const wait = new Promise<void>(this.#capture);
    this.#ready.push(this.#resolve);
    this.#beginWait();
    return wait;
  }

  sleep(ms: number): Promise<void> {
    if (!(ms > 0)) return this.pause();
    const wait = new Promise<void>(this.#capture);
    this.#timers.push(this.#timeMs + ms, this.#prng.float(), this.#resolve, true);
    this.#beginWait();
    return wait;
  }

  at(timeMs: number, callback: Callback): void {
    this.#timers.push(Math.max(timeMs, this.#timeMs), this.#prng.float(), callback, false);
  }

  completion<T>(start: (complete: (value: T) => void) => void): Promise<T> {
    const wait = new Promise<T>((resolve) => {
      start((value) => {
        this.#ready.push(() => {
          resolve(value);
        });
      });
    });
    this.#beginWait();
    return wait;
  }

  signal(): Signal {
    const waiting: Callback[] = [];
    let head = 0;
    return {
      wait: () => {
        const wait = new Promise<void>(this.#capture);
        waiting.push(this.#resolve);
        this.#beginWait();
        return wait;
      },
      notifyOne: () => {
        const resume = waiting[head];
        if (resume === undefined) return;
        head++;
        if (head === waiting.length) {
          waiting.length = 0;
          head = 0;
        }
        this.#ready.push(resume);
      },
      notifyAll: () => {
        for (let i = head; i < waiting.length; i++) this.#ready.push(waiting[i]!);
        waiting.length = 0;
        head = 0;
      },
    };
  }

  /** Counts the running task as waiting. What will resume it must be among the ready ones, timers or waiters before. */
  #beginWait(): void {
    this.#running--;
    if (this.#running === 0) this.#takeStep();
  }

  #taskEnded(task: VirtualTask, error: unknown): void {
    if (error !== null && !task.joined) this.#end(error);
    task.end(error);
    this.#beginWait();
  }

  /**
   * Runs callbacks until a task is resumed, mostly right here, on the stack of the task that has just begun to wait.
   * That is safe because it awaits at once, so none of its code is left to run. Now and then a macrotask comes first.
   */
  #takeStep(): void {
    while (this.#running === 0 && this.#over !== null) {
      this.#steps++;
      if (this.#steps % stepsBetweenMacrotasks === 0) {
        setImmediate(this.#step);
        return;
      }
      try {
        this.#takeNext();
      } catch (error) {
        this.#end(error);
      }
    }
  }

  #takeNext(): void {
    const ready = this.#ready;
    if (ready.length > 0) {
      const index = ready.length === 1 ? 0 : this.#prng.below(ready.length);
      const chosen = ready[index]!;
      const last = ready.pop()!;
      if (index < ready.length) ready[index] = last;
      this.#running++;
      chosen();
      return;
    }
    const timers = this.#timers;
    if (timers.size === 0) throw new InternalError('the simulation has nothing left to do, but is not over');
    this.#timeMs = timers.nextMs;
    if (timers.nextResumes) this.#running++;
    timers.pop()();
  }

  #end(error: unknown): void {
    this.#over?.(error);
  }
}

class VirtualTask implements Task {
  readonly name: string;
  joined = false;
  #ended = false;
  #error: unknown = null;
  readonly #end: Signal;

  constructor(name: string, end: Signal) {
    this.name = name;
    this.#end = end;
  }

  async join(): Promise<void> {
    this.joined = true;
    if (!this.#ended) await this.#end.wait();
    if (this.#error !== null) throw asError(this.#error);
  }

  end(error: unknown): void {
    this.#ended = true;
    this.#error = error;
    this.#end.notifyAll();
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new InternalError('a task failed with something that is no error', { cause: thrown });
}
