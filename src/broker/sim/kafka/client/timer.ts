/**
 * A timer whose deadline moves often. Session time-outs, fetch waits and heartbeats are set again far more often than
 * they come due. So a deadline that moves to a later time leaves the timer's entry in the heap as it is, and the entry
 * is set again when it comes up. Mostly there is one entry in the heap for each timer.
 */
import type { VirtualTime } from '../../../../runtime/ports.js';

/** What the simulated broker needs of time: the present, and callbacks at a later time. */
export type Moments = Pick<VirtualTime, 'nowMs' | 'at'>;

export class LazyTimer {
  readonly #time: Moments;
  readonly #onDue: () => void;
  #dueMs = Infinity;
  #armedMs = Infinity;

  constructor(time: Moments, onDue: () => void) {
    this.#time = time;
    this.#onDue = onDue;
  }

  /** Moves the deadline, to an earlier or a later time. */
  set(dueMs: number): void {
    this.#dueMs = dueMs;
    if (dueMs < this.#armedMs) this.#arm(dueMs);
  }

  /** Moves the deadline if that makes it earlier. */
  setNoLater(dueMs: number): void {
    if (dueMs < this.#dueMs) this.set(dueMs);
  }

  clear(): void {
    this.#dueMs = Infinity;
  }

  #arm(atMs: number): void {
    this.#armedMs = atMs;
    this.#time.at(atMs, () => {
      if (this.#armedMs !== atMs) return;
      this.#armedMs = Infinity;
      if (this.#dueMs > this.#time.nowMs()) {
        if (this.#dueMs !== Infinity) this.#arm(this.#dueMs);
        return;
      }
      this.#dueMs = Infinity;
      this.#onDue();
    });
  }
}
