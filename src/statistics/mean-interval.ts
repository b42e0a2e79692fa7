/** Computes the mean of a few values with its 95 % confidence interval, by Student's t, and the median. */
import type { Mean95 } from '../domain/report/comparison.js';
import { studentTQuantile } from './student-t.js';

/** @returns null if there are no values; without bounds for a single one */
export function meanInterval(values: readonly number[]): Mean95 | null {
  const count = values.length;
  if (count === 0) return null;
  const value = values.reduce((sum, one) => sum + one, 0) / count;
  if (count === 1) return { value, low95: null, high95: null };
  const squares = values.reduce((sum, one) => sum + (one - value) ** 2, 0);
  const half = studentTQuantile(0.975, count - 1) * Math.sqrt(squares / (count - 1) / count);
  return { value, low95: value - half, high95: value + half };
}

/** @returns null if there are no values */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
