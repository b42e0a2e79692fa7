/** What is counted over all aggregates of a run, rather than within one unit. */
import type { Origins } from '../domain/verdict.js';
import { ExposureCounts } from './exposure.js';
import { Extents } from './extents.js';
import { PairPatterns } from './pair-patterns.js';

export class Tallies {
  acked = 0;
  delivered = 0;
  retries = 0;
  misroutes = 0;
  regressions = 0;
  /** Regressions of one unit whose pair lies in two topics; only where a unit spans several. */
  crossTopicRegressions = 0;
  readonly exposure = new ExposureCounts();
  readonly extents = new Extents();
  readonly patterns = new PairPatterns();
  /** Of regressions; completion inversions have theirs at `finish` by definition. */
  readonly origins: Origins = { publish: 0, store: 0, deliver: 0, submit: 0, start: 0, finish: 0, unknown: 0 };
}
