/**
 * Measures by which factor two candidates differ in one figure, repeat by repeat: repeats are interleaved, so those of
 * one round shared what disturbed the machine.
 */
import type { Ratio95 } from '../domain/report/comparison.js';
import type { RunRow } from '../domain/report/run-report.js';
import type { SweepPoint } from '../domain/report/sweep-point.js';
import { ratioInterval } from '../statistics/ratio-interval.js';

/** null: not known of this run. */
export type Measure = (row: RunRow) => number | null;

/** @returns `rows` by `baseline`; without bounds of a single pair; null where no repeat of both is known */
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
