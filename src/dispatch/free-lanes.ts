/**
 * Lanes that have no queue of their own: each takes whatever is ready, handles it and comes back for more. Their number
 * may change while they are busy; one that is no longer wanted ends when it comes back, so that one which waits for work
 * still does its next piece.
 */
import type { Scheduler, Task } from '../runtime/ports.js';

export class FreeLanes {
  readonly #scheduler: Scheduler;
  readonly #work: (lane: number) => Promise<boolean>;
  /** By lane: those that have not ended. */
  readonly #tasks = new Map<number, Task>();
  #count = 0;

  /** @param work takes one piece of work and does it; resolves to false when there will be none any more */
  constructor(scheduler: Scheduler, count: number, work: (lane: number) => Promise<boolean>) {
    this.#scheduler = scheduler;
    this.#work = work;
    this.resize(count);
  }

  resize(count: number): void {
    this.#count = count;
    for (let lane = 0; lane < count; lane++) {
      if (this.#tasks.has(lane)) continue;
      this.#tasks.set(
        lane,
        this.#scheduler.spawn(`lane ${lane}`, () => this.#run(lane)),
      );
    }
  }

  /** Resolves once all have ended, of themselves. */
  async finish(): Promise<void> {
    for (const task of [...this.#tasks.values()]) await task.join();
  }

  async #run(lane: number): Promise<void> {
    while (await this.#work(lane)) {
      if (lane < this.#count) continue;
      this.#tasks.delete(lane);
      return;
    }
  }
}
