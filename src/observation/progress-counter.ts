/**
 * Counts how many events were published and handled so far, to show how far a run is: publish calls made, and attempts
 * whose handler ended well. Both may pass the number of events, by retries and redeliveries.
 */
import type { Observation, ObservationSink } from '../domain/observation.js';

export class ProgressCounter implements ObservationSink {
  readonly uses = ['publish', 'finish'] as const;
  #published = 0;
  #handled = 0;

  get published(): number {
    return this.#published;
  }

  get handled(): number {
    return this.#handled;
  }

  observe({ kind, record }: Observation): void {
    if (kind === 'publish') this.#published++;
    else if (kind === 'finish' && record.outcome === 'done') this.#handled++;
  }
}
