/**
 * How many deliveries does the bus hold? Those handed over and not settled: on their way into the inbox, in it, in a
 * lane or in a handler, or there to be tried again. A delivery that the inbox refused, that the dispatcher discarded or
 * gave back, or that was in the memory of a service that died, is held no longer.
 */
import { releasesDelivery } from '../../domain/observation.js';
import type { Attempt, ObservationSink, RunNote } from '../../domain/observation.js';

export class HeldDeliveries implements ObservationSink {
  #delivered = 0;
  #settled = 0;

  get count(): number {
    return this.#delivered - this.#settled;
  }

  deliver(): void {
    this.#delivered++;
  }

  finish(attempt: Attempt): void {
    if (attempt.outcome !== 'retried') this.#settled++;
  }

  note(note: RunNote): void {
    if (releasesDelivery(note.kind)) this.#settled++;
  }

  publish(): void {}
  publishResult(): void {}
  submit(): void {}
  start(): void {}
  ack(): void {}
}
