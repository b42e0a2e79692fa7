/**
 * The rate of events over several runs: all events of all runs, by all that could have been one. Bounds that are robust
 * against the likeness of what happens in one run are not computed yet, and are null.
 */
import type { Rate95 } from '../domain/verdict.js';

export interface ClusterCount {
  readonly events: number;
  /** What could have been an event. */
  readonly of: number;
}

/** @param runs one count a run; all of the rate is null where nothing could have been an event */
export function clusterRate95(runs: readonly ClusterCount[]): Rate95 {
  const events = runs.reduce((sum, run) => sum + run.events, 0);
  const of = runs.reduce((sum, run) => sum + run.of, 0);
  return { value: of === 0 ? null : events / of, low95: null, high95: null };
}
