/**
 * Paces publishers to a given rate. Sends are due at even intervals from the start; a late publisher sends at once, and
 * later sends stay due as they were. Latency counts from the time at which a send was due: counted from the call, it
 * would leave out the time for which the bus held its publishers up (coordinated omission).
 */
import type { Clock } from '../runtime/ports.js';

export interface Pacer {
  /** Waits until the next send is due. Resolves to when it was due, in milliseconds since the run began. */
  turn(): Promise<number>;
}

export class RatePacer implements Pacer {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  #nextMs: number;

  /** @param ratePerSecond events per second over all publishers that share this pacer */
  constructor(clock: Clock, ratePerSecond: number) {
    this.#clock = clock;
    this.#intervalMs = 1000 / ratePerSecond;
    this.#nextMs = clock.nowMs();
  }

  async turn(): Promise<number> {
    const dueMs = this.#nextMs;
    this.#nextMs += this.#intervalMs;
    const waitMs = dueMs - this.#clock.nowMs();
    if (waitMs > 0) await this.#clock.sleep(waitMs);
    return dueMs;
  }
}
