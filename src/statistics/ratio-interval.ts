/**
 * Computes the factor by which one set of measurements differs from another: the ratio of their geometric means with
 * its 95 % confidence interval, by Student's t on the logarithms: factors of speed multiply, so that half and double
 * lie equally far from 1. Where run k of one side stands beside run k of the other (interleaved repeats), the
 * differences within the pairs are judged; otherwise Welch's test allows each side its own variance (B. L. Welch,
 * Biometrika 34, 1947).
 */
import { studentTQuantile } from './student-t.js';

export interface RatioInterval {
  /** Candidate by baseline; above 1: the candidate has more. */
  readonly ratio: number;
  readonly low95: number;
  readonly high95: number;
}

export interface RatioOptions {
  /** Whether the two at the same place were measured side by side, and so share what disturbed them. */
  readonly paired: boolean;
}

/**
 * @returns null where there is no interval: fewer than two values a side, or one that has no logarithm (0, negative)
 * @throws {RangeError} if pairs are asked for and one side has more values
 */
export function ratioInterval(
  baseline: readonly number[],
  candidate: readonly number[],
  { paired }: RatioOptions,
): RatioInterval | null {
  if (paired && baseline.length !== candidate.length) {
    throw new RangeError(`${String(baseline.length)} values cannot be paired with ${String(candidate.length)}`);
  }
  if (baseline.length < 2 || candidate.length < 2) return null;
  if (![...baseline, ...candidate].every((value) => value > 0 && Number.isFinite(value))) return null;
  const before = baseline.map(Math.log);
  const after = candidate.map(Math.log);
  const { difference, error, freedom } = paired
    ? pairedDifference(after.map((value, at) => value - before[at]!))
    : welchDifference(spreadOf(before), spreadOf(after));
  // All values of a side alike: nothing is uncertain.
  const half = error === 0 ? 0 : studentTQuantile(0.975, freedom) * error;
  return { ratio: Math.exp(difference), low95: Math.exp(difference - half), high95: Math.exp(difference + half) };
}

interface Difference {
  readonly difference: number;
  /** Standard error of the difference. */
  readonly error: number;
  /** Degrees of freedom. */
  readonly freedom: number;
}

interface Spread {
  readonly mean: number;
  readonly count: number;
  /** Variance of the mean: the sample's, by its size. */
  readonly ofMean: number;
}

function pairedDifference(differences: readonly number[]): Difference {
  const { mean, count, ofMean } = spreadOf(differences);
  return { difference: mean, error: Math.sqrt(ofMean), freedom: count - 1 };
}

function welchDifference(before: Spread, after: Spread): Difference {
  const sum = before.ofMean + after.ofMean;
  return {
    difference: after.mean - before.mean,
    error: Math.sqrt(sum),
    freedom: sum ** 2 / (before.ofMean ** 2 / (before.count - 1) + after.ofMean ** 2 / (after.count - 1)),
  };
}

function spreadOf(values: readonly number[]): Spread {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, count, ofMean: squares / (count - 1) / count };
}
