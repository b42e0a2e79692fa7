/**
 * Counts the pairs of neighbours that could have gone wrong. Of two consecutive versions v and v + 1, both published
 * within one unit, all is decided by how far v + 1 gets while v has not finished:
 *
 * - *contested*: it was acknowledged to its publisher, or delivered;
 * - *in flight*: it was delivered, and v was delivered before it had finished: the bus held both at once;
 * - *split*: in flight, first delivered to another subscription than v was, both being alive;
 * - *inverted*: its handler started before that of v.
 *
 * So the pair is kept in the record of v, and counted when v finishes or when the run ends. Pairs that are held back,
 * one behind the other, are counted in alone-pairs.ts.
 */
import type { Exposure } from '../../domain/report/verdict.js';
import type { OpenEvent } from '../memory/open-event.js';
import type { Place } from './queue-book.js';

export class ExposureCounts {
  pairs = 0;
  contested = 0;
  inFlight = 0;
  split = 0;
  inverted = 0;
  /** By index of the queue, where it is known: the pairs in flight, and the split ones. */
  readonly inFlightAt: number[] = [];
  readonly splitAt: number[] = [];

  /** Counts the pair that an event makes with the next version, as far as it has come. */
  add(event: OpenEvent): void {
    if (!event.published || !event.nextAvailable) return;
    this.contested++;
    if (event.isInFlight) this.addInFlight(event.place);
    if (event.isSplit) this.#addSplit(event.place);
    if (event.nextStartedBefore && event.started) this.inverted++;
  }

  /** @param place of the first delivery of the lower version */
  addInFlight(place: Place | null): void {
    this.inFlight++;
    if (place !== null) this.inFlightAt[place.queue.index] = (this.inFlightAt[place.queue.index] ?? 0) + 1;
  }

  #addSplit(place: Place | null): void {
    this.split++;
    if (place !== null) this.splitAt[place.queue.index] = (this.splitAt[place.queue.index] ?? 0) + 1;
  }

  /** A copy, on which counting can go on without changing this one. */
  copy(): ExposureCounts {
    const { inFlightAt, splitAt } = this;
    return Object.assign(new ExposureCounts(), this, { inFlightAt: [...inFlightAt], splitAt: [...splitAt] });
  }

  /** Held-back pairs are 0 here: the judge adds them, since it knows the limits of the queues. */
  exposure(): Exposure {
    return {
      pairs: this.pairs,
      contestedPairs: this.contested,
      inFlightPairs: this.inFlight,
      heldBackPairs: 0,
      atRiskPairs: this.inFlight,
      splitPairs: this.split,
      invertedPairs: this.inverted,
      regressionRate: {
        value: this.contested === 0 ? null : this.inverted / this.contested,
        low95: null,
        high95: null,
      },
    };
  }
}
