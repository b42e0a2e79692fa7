/**
 * Follows what the events of an aggregate go to, one after the other: subscriptions, or lanes. Where a lane is chosen by
 * aggregate, one lane has all of its events: a change of their number moves it once, and what a full queue refuses runs
 * outside, which makes two lanes to and fro. Three events in a row in three lanes come of lanes that are not chosen by
 * aggregate. In the same way an aggregate that moves to another subscription does not come back.
 */
import type { Delivery } from '../../domain/observation.js';

/** So many aggregates are followed, the first ones. */
const aggregatesMost = 10_000;
/** More than there are topics. */
const topicsMost = 65_536;

interface Trail {
  readonly last: number;
  /** -1: there was none. */
  readonly before: number;
}

export class Trails {
  readonly #trails = new Map<number, Trail>();
  /** Events that had two before them. */
  thirds = 0;
  /** Of these, those that went where the first of the two had gone, and the second had not. */
  returns = 0;
  /** Of these, those that went to a third, after two that went to different ones. */
  wandering = 0;

  /** @param within what trails are kept apart by, beside aggregate and topic; from 0  @param to what it goes to, from 0 */
  went({ aggregate, topic }: Pick<Delivery, 'aggregate' | 'topic'>, within: number, to: number): void {
    if (aggregate >= aggregatesMost) return;
    const key = (within * topicsMost + topic) * aggregatesMost + aggregate;
    const trail = this.#trails.get(key);
    this.#trails.set(key, { last: to, before: trail?.last ?? -1 });
    if (trail === undefined || trail.before < 0) return;
    this.thirds++;
    if (trail.before === trail.last || trail.last === to) return;
    if (to === trail.before) this.returns++;
    else this.wandering++;
  }
}
