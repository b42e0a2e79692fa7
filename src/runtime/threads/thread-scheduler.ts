/**
 * The scheduler of one thread in real time: tasks take turns as the promises of the thread's event loop do. The error
 * of a task that fails before anybody joins it goes to `onError`, which ends the run.
 */
import type { Scheduler, Signal, Task } from '../ports.js';

export class ThreadScheduler implements Scheduler {
  readonly #onError: (error: unknown) => void;

  /** @param onError called with the error of a task that nobody has joined */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  spawn(name: string, body: () => Promise<void>): Task {
    let joined = false;
    const done = body();
    done.catch((error: unknown) => {
      if (!joined) this.#onError(error);
    });
    return {
      name,
      join: () => {
        joined = true;
        return done;
      },
    };
  }

  signal(): Signal {
    return new PromiseSignal();
  }

  /** Lets timers, sockets and messages of other threads have a turn. */
  pause(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
}

/** A signal whose waiters wait on promises, first come, first served; a head index keeps waking cheap. */
class PromiseSignal implements Signal {
  #waiters: ((() => void) | undefined)[] = [];
  #head = 0;

  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  notifyOne(): void {
    const wake = this.#waiters[this.#head];
    if (wake === undefined) return;
    this.#waiters[this.#head++] = undefined;
    if (this.#head === this.#waiters.length) {
      this.#waiters.length = 0;
      this.#head = 0;
    } else if (this.#head > 1024) {
      this.#waiters.splice(0, this.#head);
      this.#head = 0;
    }
    wake();
  }

  notifyAll(): void {
    const waiters = this.#waiters;
    const head = this.#head;
    this.#waiters = [];
    this.#head = 0;
    for (let i = head; i < waiters.length; i++) waiters[i]!();
  }
}
