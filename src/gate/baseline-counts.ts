/**
 * Compares the anomaly counts of a row with those of a baseline. The comparison is exact: of two runs of the same
 * workload, the one with more anomalies is worse, by however little.
 */
import type { RunRow } from '../domain/report/run-report.js';
import { worseCounts } from '../domain/report/worse-counts.js';
import type { BaselineRow } from '../report/contract/parse-baseline.js';
import { formatCount } from '../text/numbers.js';
import { rowNumberAt } from './row-paths.js';

export interface CountFindings {
  /** Counts that became worse, with both values: `regressions 3, in the baseline 0`. */
  readonly worse: readonly string[];
  /** Paths of counts that one of the two reports does not know. */
  readonly unknown: readonly string[];
}

/** Compares the sums over the repeats; `now` and `before` have the same repeats of one row. */
export function compareCounts(now: readonly RunRow[], before: readonly BaselineRow[]): CountFindings {
  const worse: string[] = [];
  const unknown: string[] = [];
  for (const path of worseCounts) {
    const [after, earlier] = [sumOf(now, path), sumOf(before, path)];
    if (after === null || earlier === null) unknown.push(path);
    else if (after > earlier) worse.push(`${path} ${formatCount(after)}, in the baseline ${formatCount(earlier)}`);
  }
  return { worse, unknown };
}

function sumOf(rows: readonly { readonly counts: object }[], path: string): number | null {
  const values = rows.map((row) => rowNumberAt(row, path) ?? null);
  return values.some((value) => value === null) ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
