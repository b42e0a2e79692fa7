/**
 * Measures how much the bus did at once: handlers that ran at the same time, and deliveries that it held, on their way
 * into the inbox, in it, in a lane or in a handler. The second measures its use of memory in events instead of bytes,
 * so that garbage collection does not blur it.
 */
import type { Attempt, Observation, ObservationSink } from '../domain/observation.js';
import type { Concurrency } from '../domain/report/run-report.js';
import { releasesDelivery } from '../domain/run-note.js';

export class ConcurrencyRecorder implements ObservationSink {
  readonly uses = ['deliver', 'start', 'finish', 'note'] as const;
  #running = 0;
  #runningMax = 0;
  #held = 0;
  #heldMax = 0;
  #busyMs = 0;
  #firstStartMs = Infinity;
  #lastFinishMs = -Infinity;

  /** Deliveries that the bus holds now. */
  get held(): number {
    return this.#held;
  }

  observe({ kind, record }: Observation): void {
    switch (kind) {
      case 'deliver':
        return this.#deliver();
      case 'start':
        return this.#start(record);
      case 'finish':
        return this.#finish(record);
      case 'note':
        if (releasesDelivery(record)) this.#held--;
        return;
      default:
        return;
    }
  }

  concurrency(): Concurrency {
    const spanMs = this.#lastFinishMs - this.#firstStartMs;
    return {
      handlersMean: spanMs > 0 ? Number((this.#busyMs / spanMs).toPrecision(4)) : null,
      handlersMax: this.#runningMax === 0 ? null : this.#runningMax,
      heldMax: this.#heldMax === 0 ? null : this.#heldMax,
    };
  }

  #deliver(): void {
    this.#held++;
    if (this.#held > this.#heldMax) this.#heldMax = this.#held;
  }

  #start({ startedAtMs }: Attempt): void {
    this.#running++;
    if (this.#running > this.#runningMax) this.#runningMax = this.#running;
    if (startedAtMs < this.#firstStartMs) this.#firstStartMs = startedAtMs;
  }

  #finish({ startedAtMs, finishedAtMs, outcome }: Attempt): void {
    this.#running--;
    this.#busyMs += Math.max(0, finishedAtMs - startedAtMs);
    if (finishedAtMs > this.#lastFinishMs) this.#lastFinishMs = finishedAtMs;
    if (outcome !== 'retried') this.#held--;
  }
}
