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
  readonly #service: Latency | null;
  #lastArrivalMs = 0;

  /** @param service time that the other end spends on each message before it takes the next; null: none */
  constructor(time: VirtualTime, latency: Latency, service: Latency | null = null) {
    this.#time = time;
    this.#latency = latency;
    this.#service = service;
  }

  /** Calls `arrive` when the message has reached the other end. */
  send(arrive: () => void): void {
    const serviceMs = this.#service === null ? 0 : this.#service.draw();
    const arrivalMs = Math.max(this.#time.nowMs() + this.#latency.draw(), this.#lastArrivalMs + lineTimeMs) + serviceMs;
    this.#lastArrivalMs = arrivalMs;
    this.#time.at(arrivalMs, arrive);
  }
}
