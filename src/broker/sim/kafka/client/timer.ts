/**
 * A timer for something whose time moves all the time. Session time-outs, fetch waits and heartbeats are set again far
 * more often than they come due, so a deadline that moves back leaves its entry in the heap alone and looks again then:
 * one entry in the heap for one timer, mostly.
 */
import type { VirtualTime } from '../../../../runtime/ports.js';

/** What the broker's side needs of time: the moment, and to be called at another. */
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

  /** Moves the deadline, forward or back. */
  set(dueMs: number): void {
    this.#dueMs = dueMs;
    if (dueMs < this.#armedMs) this.#arm(dueMs);
  }

  /** Moves the deadline forward only. */
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
