/**
 * Counts the deliveries that the buses hold: handed over and not settled, so on their way into the inbox, in it, in a
 * lane, in a handler, or waiting for another attempt. A delivery that the inbox refused, that the dispatcher discarded
 * or gave back, or that was lost in a crash is not held any more.
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
