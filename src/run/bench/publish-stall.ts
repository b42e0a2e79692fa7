/**
 * Detects publishers that wait in vain: nothing was published and nothing was handled for a given time. Redeliveries do
 * not count, because those of an event that was given up may go on for ever.
 */
import type { ProgressCounter } from '../../observation/progress-counter.js';

export class PublishStall {
  readonly #progress: ProgressCounter;
  readonly #nowMs: () => number;
  readonly #longestMs: number;
  #seen = 0;
  #seenAtMs: number;

  /** @param longestMs how long nothing may happen before publishers count as stalled */
  constructor(progress: ProgressCounter, nowMs: () => number, longestMs: number) {
    this.#progress = progress;
    this.#nowMs = nowMs;
    this.#longestMs = longestMs;
    this.#seenAtMs = nowMs();
  }

  /** Compares the progress with that of the last call, so it has to be polled. */
  get isStalled(): boolean {
    const seen = this.#progress.published + this.#progress.handled;
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#seenAtMs = this.#nowMs();
    }
    return this.#nowMs() - this.#seenAtMs >= this.#longestMs;
  }
}
