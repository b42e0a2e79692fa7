/**
 * Lanes without queues of their own: each takes whatever is ready, handles it and comes back for more. Their number may
 * change while they are busy; a surplus lane ends when it comes back, so a lane that waits for work still does its next
 * piece.
 */
import type { Task } from '../runtime/ports.js';
import { noteResized, type DispatchContext } from './dispatcher.js';

type LanesContext = Pick<DispatchContext, 'ports' | 'workers' | 'bus' | 'note'>;

export class FreeLanes {
  readonly #context: LanesContext;
  readonly #work: (lane: number) => Promise<boolean>;
  /** Tasks of the lanes that have not ended, by lane. */
  readonly #tasks = new Map<number, Task>();
  #count = 0;

  /**
   * Starts as many lanes as the context has workers.
   * @param work takes one piece of work and does it; resolves to false once there will be no more work
   */
  constructor(context: LanesContext, work: (lane: number) => Promise<boolean>) {
    this.#context = context;
    this.#work = work;
    this.#setCount(context.workers);
  }

  /** Changes the number of lanes to `count`. */
  resize(count: number): void {
    const before = this.#count;
    this.#setCount(count);
    noteResized(this.#context, before, count);
  }

  #setCount(count: number): void {
    this.#count = count;
    for (let lane = 0; lane < count; lane++) {
      if (this.#tasks.has(lane)) continue;
      this.#tasks.set(
        lane,
        this.#context.ports.scheduler.spawn(`lane ${lane}`, () => this.#run(lane)),
      );
    }
  }

  /** Resolves once every lane has ended because there was no more work. */
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
