/**
 * How many events were published and handled so far? The counts behind the progress line: publish calls made, and
 * attempts whose handler ended well. Both may pass the number of events, by retries and redeliveries.
 */
import type { Attempt, ObservationSink } from '../domain/observation.js';

export class ProgressCounter implements ObservationSink {
  #published = 0;
  #handled = 0;

  get published(): number {
    return this.#published;
  }

  get handled(): number {
    return this.#handled;
  }

  publish(): void {
    this.#published++;
  }

  finish(attempt: Attempt): void {
    if (attempt.outcome === 'done') this.#handled++;
  }

  publishResult(): void {}
  deliver(): void {}
  submit(): void {}
  start(): void {}
  ack(): void {}
  note(): void {}
}
