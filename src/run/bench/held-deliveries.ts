/**
 * Counts the deliveries that the buses hold: on their way into the inbox, in it, in a lane, in a handler, or waiting
 * for another attempt. A delivery that the inbox refused, that the dispatcher discarded or gave back, or that was lost
 * in a crash is not held any more.
 */
import type { Observation, ObservationSink } from '../../domain/observation.js';
import { releasesDelivery } from '../../domain/run-note.js';

export class HeldDeliveries implements ObservationSink {
  readonly uses = ['deliver', 'finish', 'note'] as const;
  #delivered = 0;
  #settled = 0;

  get count(): number {
    return this.#delivered - this.#settled;
  }

  observe({ kind, record }: Observation): void {
    if (kind === 'deliver') this.#delivered++;
    else if (kind === 'finish' && record.outcome !== 'retried') this.#settled++;
    else if (kind === 'note' && releasesDelivery(record)) this.#settled++;
  }
}
