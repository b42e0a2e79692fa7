/**
 * One direction of a connection: what is sent arrives later, in the order in which it was sent, as on TCP. Each
 * message takes a latency of its own, but none overtakes another; each occupies the line for a moment.
 */
import type { VirtualTime } from '../../runtime/ports.js';
import type { Latency } from './latency.js';

/** Time that one message occupies the line for: a million messages a second. */
const lineTimeMs = 0.001;

export class Link {
  readonly #time: VirtualTime;
  readonly #latency: Latency;
  #lastArrivalMs = 0;

  constructor(time: VirtualTime, latency: Latency) {
    this.#time = time;
    this.#latency = latency;
  }

  /** Calls `arrive` when the message has reached the other end. */
  send(arrive: () => void): void {
    const arrivalMs = Math.max(this.#time.nowMs() + this.#latency.draw(), this.#lastArrivalMs + lineTimeMs);
    this.#lastArrivalMs = arrivalMs;
    this.#time.at(arrivalMs, arrive);
  }
}
