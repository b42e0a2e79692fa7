/**
 * Lets publishers under `--publish handled` wait until their event was handled. Every aggregate has at most one
 * publisher waiting, for its latest version.
 */
import type { Scheduler, Signal } from '../../runtime/ports.js';
import type { HandledGate } from '../../workload/publisher.js';

export class HandledSignals implements HandledGate {
  readonly #scheduler: Scheduler;
  readonly #lastHandled: number[] = [];
  readonly #signals: (Signal | undefined)[] = [];
  #released = false;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  async wait(aggregate: number, version: number): Promise<void> {
    while (!this.#released && (this.#lastHandled[aggregate] ?? 0) < version) {
      await this.#signal(aggregate).wait();
    }
  }

  done(aggregate: number, version: number): void {
    this.#lastHandled[aggregate] = Math.max(this.#lastHandled[aggregate] ?? 0, version);
    this.#signals[aggregate]?.notifyAll();
  }

  /** Lets all waiting publishers go on, because the run is being stopped. */
  release(): void {
    this.#released = true;
    for (const signal of this.#signals) signal?.notifyAll();
  }

  #signal(aggregate: number): Signal {
    return (this.#signals[aggregate] ??= this.#scheduler.signal());
  }
}
