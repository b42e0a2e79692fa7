/**
 * How many pairs of neighbours could have gone wrong? Of two consecutive versions v and v + 1, both published within
 * one unit, all is decided by how far v + 1 gets while v has not finished:
 * - *contested*: it was acknowledged to its publisher, or delivered;
 * - *in flight*: it was delivered (and v too, some time): the bus held both;
 * - *split*: in flight, and first delivered to another subscription than v was;
 * - *inverted*: its handler started before that of v.
 * So the pair is kept in the record of v, and counted when v finishes or when the run ends.
 */
import type { Exposure } from '../domain/verdict.js';
import type { OpenEvent } from './open-event.js';

export class ExposureCounts {
  pairs = 0;
  contested = 0;
  inFlight = 0;
  split = 0;
  inverted = 0;

  /** Counts the pair that an event makes with the next version, as far as it has come. */
  add(event: OpenEvent): void {
    if (!event.published || !event.nextAvailable) return;
    this.contested++;
    if (event.nextDelivered && event.delivered) this.inFlight++;
    if (event.isSplit) this.split++;
    if (event.nextStartedBefore && event.started) this.inverted++;
  }

  /** A copy: what is counted here stays as it is. */
  copy(): ExposureCounts {
    return Object.assign(new ExposureCounts(), this);
  }

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
