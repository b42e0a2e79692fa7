/**
 * Joins what happened to one hand-over: its delivery, its attempts, their ends, its acknowledgement. A start after an
 * attempt that failed is another attempt of the same hand-over. One after an attempt that succeeded is a hand-over of
 * its own, of which the delivery was not seen.
 */
import type { Attempt, Delivery } from '../../domain/observation.js';
import { Recent } from './recent.js';

/** What is the same for all lines about one hand-over. */
export interface JoinedBy {
  readonly text: string;
  /** The lines name the hand-over; else they are joined by its place in the log. */
  readonly isNamed: boolean;
}

export interface HandOver {
  readonly delivery: Delivery;
  /** It is one of two events of the same version, which is neither late nor a duplicate. */
  readonly isTie: boolean;
  attempts: number;
  running: Attempt | null;
  /** No further attempt belongs to it. */
  succeeded: boolean;
  /** An attempt of it ended well, as far as lines tell. */
  isDone: boolean;
  /** One before it that is joined by the same, and still runs. */
  readonly before: HandOver | null;
}

export class HandOvers {
  readonly #known = new Recent<HandOver>();

  get({ text }: JoinedBy): HandOver | undefined {
    return this.#known.get(text);
  }

  /** @param joinedBy null: no other line will be about it */
  add(joinedBy: JoinedBy | null, delivery: Delivery, isTie: boolean): HandOver {
    const known = joinedBy === null ? undefined : this.get(joinedBy);
    const before = known?.running === null ? known.before : (known ?? null);
    const made: HandOver = { delivery, isTie, attempts: 0, running: null, succeeded: false, isDone: false, before };
    if (joinedBy !== null) this.#known.set(joinedBy.text, made);
    return made;
  }

  /** The hand-over that a start belongs to; undefined: one that was not seen so far. */
  toStart(joinedBy: JoinedBy): HandOver | undefined {
    const known = this.get(joinedBy);
    if (known === undefined || known.succeeded) return undefined;
    // At the same place in the log, another attempt at the same time is one of another hand-over.
    return known.running !== null && !joinedBy.isNamed ? undefined : known;
  }

  /** The hand-over whose attempt ends: one that runs on the lane, if any, else the one that has run for longest. */
  toFinish(joinedBy: JoinedBy, lane: number): HandOver | undefined {
    let found: HandOver | undefined;
    for (let one = this.get(joinedBy) ?? null; one !== null; one = one.before) {
      if (one.running === null) continue;
      if (one.running.lane === lane && lane !== 0) return one;
      found = one;
    }
    return found;
  }
}
