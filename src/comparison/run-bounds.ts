/**
 * How much a few runs are worth, the run being the unit: pairs of one run stand or fall together, so that no interval is
 * taken over pairs. Runs that were all ordered bound the share of runs that are not, by (1 - p)^R = 0.05. A rate over
 * repeats is the ratio of two sums; its interval goes by how far each run lies from that ratio (the linearised ratio
 * estimator with the run as cluster; W. G. Cochran, "Sampling Techniques", 1977, chapter 6) and by Student's t.
 */
import type { Rate95 } from '../domain/verdict.js';
import { studentTQuantile } from '../statistics/student-t.js';

/** Fewer runs say nothing of how runs differ. */
export const fewestForInterval = 5;

/**
 * @param ordered runs with different seeds, of which none was violated
 * @returns the share of runs that may be violated, with 95 % confidence; null of no runs
 */
export function atMostOfRuns(ordered: number): number | null {
  return ordered === 0 ? null : 1 - 0.05 ** (1 / ordered);
}

/** One run: how many of how many. */
export interface ClusterOfRun {
  readonly events: number;
  readonly of: number;
}

/** Bounds are null below five runs, and where no run had one: then {@link atMostOfRuns} says what that is worth. */
export function clusterRate95(runs: readonly ClusterOfRun[]): Rate95 {
  const events = runs.reduce((sum, run) => sum + run.events, 0);
  const all = runs.reduce((sum, run) => sum + run.of, 0);
  if (all === 0) return { value: null, low95: null, high95: null };
  const value = events / all;
  if (events === 0 || runs.length < fewestForInterval) return { value, low95: null, high95: null };
  const squares = runs.reduce((sum, run) => sum + (run.events - value * run.of) ** 2, 0);
  const error = Math.sqrt((runs.length / (runs.length - 1)) * squares) / all;
  const half = studentTQuantile(0.975, runs.length - 1) * error;
  return { value, low95: Math.max(0, value - half), high95: Math.min(1, value + half) };
}
