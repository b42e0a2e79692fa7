/**
 * Tallies how the pairs of all regressions looked, by what tells one mechanism from another: one counter for each
 * combination that occurs. A combination is a number: its origin, then a bit for each yes or no.
 */
import { type Origin, stages } from '../domain/observation.js';
import type { PairPattern } from '../domain/report/verdict.js';
import { logOf, type Logs } from './memory/log-name.js';
import type { Sighting } from './sighting.js';

const origins: readonly Origin[] = [...stages, 'unknown'];

export class PairPatterns {
  readonly #counts = new Map<number, number>();

  /** @param logs see log-name.ts */
  add(late: Sighting, early: Sighting, origin: Origin, logs: Logs): void {
    const key =
      (late.subscription === early.subscription ? 1 : 0) +
      (!late.owned || !early.owned ? 2 : 0) +
      (late.publisher === early.publisher ? 4 : 0) +
      (late.lane === early.lane ? 8 : 0) +
      (late.topic === early.topic ? 16 : 0) +
      (late.isRedelivery ? 32 : 0) +
      (late.lane === -1 || early.lane === -1 ? 64 : 0) +
      (logOf(logs, late.topic, late.partition) === logOf(logs, early.topic, early.partition) ? 128 : 0) +
      origins.indexOf(origin) * 256;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** Most frequent first; equally frequent ones by origin, so that the same run gives the same list. */
  list(): PairPattern[] {
    const entries = [...this.#counts].sort(([a, x], [b, y]) => y - x || a - b);
    return entries.map(([key, count]) => ({
      origin: origins[key >> 8]!,
      sameSubscription: (key & 1) !== 0,
      misrouted: (key & 2) !== 0,
      samePublisher: (key & 4) !== 0,
      sameLane: (key & 8) !== 0,
      sameTopic: (key & 16) !== 0,
      lateRedelivered: (key & 32) !== 0,
      outsideLanes: (key & 64) !== 0,
      sameLog: (key & 128) !== 0,
      count,
    }));
  }
}
