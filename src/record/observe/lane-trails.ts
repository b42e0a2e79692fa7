/**
 * Follows the lanes in which a subscription starts the events of an aggregate. Where lanes are chosen by aggregate, one
 * lane has them all: a change of their number moves it once, and what a full queue refuses runs outside, which makes two
 * lanes to and fro. Three events in a row in three lanes come of lanes that are not chosen by aggregate.
 */
import type { Delivery } from '../../domain/observation.js';
import type { RecordFacts } from '../../domain/record/record-observed.js';

/** So many aggregates are followed, the first ones. */
const aggregatesMost = 10_000;
/** More than there are topics. */
const topicsMost = 65_536;

interface Trail {
  readonly last: number;
  /** -1: there was none. */
  readonly before: number;
}

export class LaneTrails {
  readonly #trails = new Map<number, Trail>();
  #thirds = 0;
  #wandering = 0;

  started({ aggregate, topic, subscription }: Delivery, lane: number): void {
    if (aggregate >= aggregatesMost) return;
    const key = (subscription * topicsMost + topic) * aggregatesMost + aggregate;
    const trail = this.#trails.get(key);
    this.#trails.set(key, { last: lane, before: trail?.last ?? -1 });
    if (trail === undefined || trail.before < 0) return;
    this.#thirds++;
    if (trail.before !== trail.last && trail.last !== lane && lane !== trail.before) this.#wandering++;
  }

  get counts(): RecordFacts['lanes'] {
    return { thirds: this.#thirds, wandering: this.#wandering };
  }
}
