/**
 * Computes a rate over the repeats of a run, with a 95 % interval that takes the run as its unit (cluster sampling).
 * What was counted within one run shares that run's schedule and stands or falls together, so an interval over single
 * pairs is far too narrow.
 *
 * The rate is the ratio of two sums over runs, and its variance the linearised one of such a ratio (W. G. Cochran,
 * Sampling Techniques, 3rd ed., 1977, section 3.12: proportions in cluster sampling). The interval is Student's t on
 * the logarithm of the odds, with one degree of freedom fewer than there are runs, carried back to shares: the "logit"
 * interval of survey statistics (E. L. Korn and B. I. Graubard, Analysis of Health Surveys, 1999). It stays within 0
 * and 1 and is longer on the side on which rates spread wider. `benchmarks/coverage.mjs` measures how often it holds
 * the true rate; where hardly any run has an event, it is wider than it need be.
 */
import type { Rate95 } from '../domain/report/verdict.js';
import { studentTQuantile } from './student-t.js';

/** Fewer runs than these have no interval. */
const clusterRunsMin = 5;

/** What one run counted: `events` of `of`, as inverted pairs of contested ones. */
export interface RunCount {
  readonly events: number;
  readonly of: number;
}

/**
 * @param runs repeats with different seeds. A run with nothing to count (`of` is 0) says nothing of the rate and is
 *   left out
 * @returns a share, 0 to 1. `value` is null where no run had anything to count. The bounds are null, both of them,
 *   without an interval: fewer than {@link clusterRunsMin} runs; or all runs at the very same rate, so that nothing
 *   tells how far runs differ. The latter is what runs without a single event come to: how often a *run* may still have
 *   one is bounded (run-bound.ts), the rate within runs is not.
 * @throws {RangeError} if `events` is negative or more than `of`
 */
export function clusterRate95(runs: readonly RunCount[]): Rate95 {
  const wrong = runs.find(({ events, of }) => !(events >= 0 && events <= of));
  if (wrong !== undefined) throw new RangeError(`${String(wrong.events)} of ${String(wrong.of)} is no share`);
  const counted = runs.filter(({ of }) => of > 0);
  const whole = sum(counted, ({ of }) => of);
  if (whole === 0) return { value: null, low95: null, high95: null };
  const value = sum(counted, ({ events }) => events) / whole;
  const none = { value, low95: null, high95: null };
  if (counted.length < clusterRunsMin || value === 0 || value === 1) return none;
  const squares = sum(counted, ({ events, of }) => (events - value * of) ** 2);
  if (!isSpread(squares, whole)) return none;
  const error = Math.sqrt((counted.length / (counted.length - 1)) * squares) / whole;
  const odds = Math.log(value / (1 - value));
  const half = (studentTQuantile(0.975, counted.length - 1) * error) / (value * (1 - value));
  return { value, low95: shareOf(odds - half), high95: shareOf(odds + half) };
}

/** Whether the runs differ by more than the rounding of their rate does. */
function isSpread(squares: number, whole: number): boolean {
  return squares > (1e-12 * whole) ** 2;
}

/** The share whose odds have this logarithm. */
function shareOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
