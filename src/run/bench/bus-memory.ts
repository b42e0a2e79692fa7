/**
 * Tracks the memory of each bus: every delivery that the bus has received and not settled, with its attempt if one is
 * under way. All of it is lost when the service crashes.
 */
import type { Attempt, Delivery, Observation, ObservationSink } from '../../domain/observation.js';
import { releasedDetail, releasesDelivery, type RunNote, type TakeNote } from '../../domain/run-note.js';
import type { SubscriptionSpec } from '../../domain/topology.js';

/** One delivery in a bus's memory. */
export interface Remembered {
  readonly delivery: Delivery;
  /** null: no attempt is under way. */
  attempt: Attempt | null;
}

export class BusMemory implements ObservationSink {
  readonly uses = ['deliver', 'start', 'finish', 'note'] as const;
  readonly #subscriptions: readonly SubscriptionSpec[];
  /** By delivery id, in order of arrival. */
  readonly #held = new Map<number, Remembered>();

  constructor(subscriptions: readonly SubscriptionSpec[]) {
    this.#subscriptions = subscriptions;
  }

  /** The deliveries that the bus holds, oldest first. */
  of(bus: number): readonly Remembered[] {
    return [...this.#held.values()].filter(({ delivery }) => this.#subscriptions[delivery.subscription]!.bus === bus);
  }

  observe({ kind, record }: Observation): void {
    switch (kind) {
      case 'deliver':
        this.#held.set(record.id, { delivery: record, attempt: null });
        return;
      case 'start':
        return this.#start(record);
      case 'finish':
        return this.#finish(record);
      case 'note':
        return this.#note(record);
      default:
        return;
    }
  }

  #start(attempt: Attempt): void {
    const held = this.#held.get(attempt.delivery.id);
    if (held !== undefined) held.attempt = attempt;
  }

  #finish({ delivery, number, outcome }: Attempt): void {
    const held = this.#held.get(delivery.id);
    if (outcome !== 'retried') this.#held.delete(delivery.id);
    // One that ran on after its time-out may end after the next one has begun.
    else if (held?.attempt?.number === number) held.attempt = null;
  }

  #note(note: RunNote): void {
    if (releasesDelivery(note)) this.#held.delete(Number(note.detail.delivery));
  }
}

/** Records what a crash destroyed: attempts under way end as crashed, and deliveries that waited never start. */
export function recordDeath(
  memory: readonly Remembered[],
  record: {
    finish(attempt: Attempt, outcome: 'crashed'): void;
    readonly note: TakeNote<'crashed'>;
  },
): void {
  for (const { delivery, attempt } of memory) {
    if (attempt === null) record.note('crashed', releasedDetail(delivery));
    else record.finish(attempt, 'crashed');
  }
}
