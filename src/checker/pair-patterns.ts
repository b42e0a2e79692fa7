/**
 * How did the pairs of all regressions look? Tallies of what tells one mechanism from another, one counter for each
 * combination that occurs.
 */
import type { Origin } from '../domain/observation.js';
import type { PairPattern } from '../domain/verdict.js';
import type { Sighting } from './sighting.js';

export class PairPatterns {
  readonly #tallies = new Map<string, { -readonly [Key in keyof PairPattern]: PairPattern[Key] }>();

  add(late: Sighting, early: Sighting, origin: Origin): void {
    const pattern = patternOf(late, early, origin);
    const key = keyOf(pattern);
    const tally = this.#tallies.get(key);
    if (tally === undefined) this.#tallies.set(key, pattern);
    else tally.count++;
  }

  /** Most frequent first; equally frequent ones in an order of their own, so that the same run gives the same list. */
  list(): PairPattern[] {
    const entries = [...this.#tallies].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1));
    return entries.map(([, pattern]) => ({ ...pattern }));
  }
}

function patternOf(late: Sighting, early: Sighting, origin: Origin): PairPattern {
  return {
    origin,
    sameSubscription: late.subscription === early.subscription,
    misrouted: !late.owned || !early.owned,
    samePublisher: late.publisher === early.publisher,
    sameLane: late.lane === early.lane,
    sameTopic: late.topic === early.topic,
    lateRedelivered: late.isRedelivery,
    outsideLanes: late.lane === -1 || early.lane === -1,
    count: 1,
  };
}

function keyOf({ count: _count, ...shape }: PairPattern): string {
  return Object.values(shape).join();
}
