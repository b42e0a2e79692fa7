/** What is counted over all aggregates of a run, rather than within one unit? */
import type { Origin } from '../domain/observation.js';
import type { Origins } from '../domain/verdict.js';
import { ExposureCounts } from './exposure.js';
import { Extents } from './extents.js';
import { PairPatterns } from './pair-patterns.js';
import type { Logs } from './log-of.js';
import type { Sighting } from './sighting.js';

export class Tallies {
  acked = 0;
  delivered = 0;
  retries = 0;
  misroutes = 0;
  regressions = 0;
  /** Regressions within one unit whose pair lies in two topics: only where a unit spans several. */
  crossTopicRegressions = 0;
  readonly exposure = new ExposureCounts();
  readonly extents = new Extents();
  readonly patterns = new PairPatterns();
  /** Of regressions; completion inversions have theirs at `finish` by definition. */
  readonly origins: Origins = { publish: 0, store: 0, deliver: 0, submit: 0, start: 0, finish: 0, unknown: 0 };

  addRegression(late: Sighting, early: Sighting, extent: number, origin: Origin, logs: Logs): void {
    this.regressions++;
    this.origins[origin]++;
    this.patterns.add(late, early, origin, logs);
    this.extents.add(extent);
    if (late.topic !== early.topic) this.crossTopicRegressions++;
  }
}
