/**
 * Computes the factor by which two candidates differ in one figure. Repeats are compared in pairs: they run
 * interleaved, so repeats of one round were exposed to the same load on the machine.
 */
import type { Ratio95 } from '../domain/report/comparison.js';
import type { RunRow } from '../domain/report/run-report.js';
import type { SweepPoint } from '../domain/report/sweep-point.js';
import { ratioInterval } from '../statistics/ratio-interval.js';

/** A figure of one run; null: not known. */
export type Measure = (row: RunRow) => number | null;

/**
 * @returns the ratio of `rows` to `baseline` with its 95 % interval, whose bounds are null for a single pair; null if
 *   there is no repeat in which both figures are known
 */
export function pairedRatio(rows: readonly RunRow[], baseline: readonly RunRow[], measure: Measure): Ratio95 | null {
  const pairs = rows.flatMap((row) => {
    const other = baseline.find(({ repeat, point }) => repeat === row.repeat && isSame(point, row.point));
    const [before, after] = [other === undefined ? null : measure(other), measure(row)];
    return before === null || after === null || before <= 0 || after <= 0 ? [] : [{ before, after }];
  });
  const [only] = pairs;
  if (only === undefined) return null;
  if (pairs.length === 1) return { ratio: only.after / only.before, low95: null, high95: null };
  return ratioInterval(
    pairs.map(({ before }) => before),
    pairs.map(({ after }) => after),
    { paired: true },
  );
}

function isSame(one: SweepPoint | null, other: SweepPoint | null): boolean {
  return one?.field === other?.field && one?.value === other?.value;
}
