/**
 * Computes the 95 % confidence interval of a rate of k among n: Wilson's score interval (E. B. Wilson, "Probable
 * inference, the law of succession, and statistical inference", JASA 22, 1927), and for k = 0 the one-sided upper bound
 * that solves (1 − p)^n = 0.05.
 */
import type { Rate95 } from '../domain/report/verdict.js';

/** The 97.5 % quantile of the standard normal distribution. */
const z = 1.959963984540054;

/** @param k successes, 0 to n  @param n trials; 0: nothing is known, so all is null */
export function rate95(k: number, n: number): Rate95 {
  if (n === 0) return { value: null, low95: null, high95: null };
  if (k === 0) return { value: 0, low95: 0, high95: 1 - 0.05 ** (1 / n) };
  const share = k / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { value: share, low95: Math.max(0, centre - half), high95: Math.min(1, centre + half) };
}
