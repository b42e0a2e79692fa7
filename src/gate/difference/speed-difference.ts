/**
 * Compares the speed of a row in two reports by the 95 % interval of the ratio of both. Exact rows are compared seed by
 * seed; otherwise a side needs two runs for an interval, and one run proves no difference.
 */
import { comparedSpeeds, type ComparedSpeed, type SpeedDifference } from '../../domain/report/report-difference.js';
import type { RowDifference } from '../../domain/report/report-difference.js';
import type { RunRow } from '../../domain/report/run-report.js';
import { ratioInterval, type RatioInterval } from '../../statistics/ratio-interval.js';
import { exactRatio } from '../baseline-speed.js';
import { rowNumberAt } from '../row-paths.js';

/** @param a the runs of one side; if the basis is exact, in the same order as those of the other */
export function speedDifferences(
  a: readonly RunRow[],
  b: readonly RunRow[],
  basis: RowDifference['basis'],
): SpeedDifference[] {
  const isOneClock = new Set([...a, ...b].map(({ clock }) => clock)).size === 1;
  return comparedSpeeds.map((figure) => {
    const [ofA, ofB] = [valuesOf(a, figure), valuesOf(b, figure)];
    if (!isOneClock) return { figure, a: medianOf(ofA), b: medianOf(ofB), ratio: null, result: 'clocks' };
    return compare(figure, ofA, ofB, basis);
  });
}

function compare(
  figure: ComparedSpeed,
  a: readonly number[] | null,
  b: readonly number[] | null,
  basis: RowDifference['basis'],
): SpeedDifference {
  const medians = { figure, a: medianOf(a), b: medianOf(b) };
  if (a === null || b === null) return { ...medians, ratio: null, result: 'unknown' };
  if (basis === 'exact') {
    const ratio = exactRatio(a, b);
    if (a.every((value, at) => value === b[at])) return { ...medians, ratio, result: 'same' };
    return { ...medians, ratio, result: ratio === null ? 'unknown' : 'differs' };
  }
  if (Math.min(a.length, b.length) < 2) return { ...medians, ratio: null, result: 'one-run' };
  const ratio = ratioInterval(a, b, { paired: false });
  return { ...medians, ratio, result: resultOf(ratio) };
}

function resultOf(ratio: RatioInterval | null): SpeedDifference['result'] {
  if (ratio === null) return 'unknown';
  return ratio.low95 > 1 || ratio.high95 < 1 ? 'differs' : 'none-seen';
}

/** The values of the runs that no error ended; null if there is none, or one of them is not known. */
function valuesOf(rows: readonly RunRow[], figure: ComparedSpeed): readonly number[] | null {
  const values = rows.filter(({ error }) => error === null).map((row) => rowNumberAt(row, figure) ?? null);
  return values.length > 0 && values.every((value) => value !== null) ? values : null;
}

function medianOf(values: readonly number[] | null): number | null {
  if (values === null) return null;
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
