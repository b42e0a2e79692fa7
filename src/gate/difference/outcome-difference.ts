/**
 * Compares how the runs of a row came out in two reports. The run is the unit: whether more runs were violated on one
 * side than chance gives is decided by Fisher's exact test, however large the counts within a run are.
 */
import type { OutcomeDifference, OutcomeTally, RowDifference } from '../../domain/report/report-difference.js';
import type { RunRow } from '../../domain/report/run-report.js';
import { outcomes, type Outcome } from '../../domain/scenario/scenario.js';
import { fisherExact } from '../../statistics/fisher-exact.js';

/** The chance, at most, that two samples of one source are taken for two. */
const significance = 0.05;

export function outcomeDifference(
  a: readonly RunRow[],
  b: readonly RunRow[],
  basis: RowDifference['basis'],
): OutcomeDifference {
  const [tallyA, tallyB] = [tallyOf(a), tallyOf(b)];
  return { a: tallyA, b: tallyB, change: changeOf(tallyA, tallyB, basis) };
}

function changeOf(a: OutcomeTally, b: OutcomeTally, basis: RowDifference['basis']): OutcomeDifference['change'] {
  if (outcomes.every((outcome) => a[outcome] * b.runs === b[outcome] * a.runs)) return 'same';
  if (basis === 'exact') return 'exact';
  const chance = fisherExact({ hits: a.violated, of: a.runs }, { hits: b.violated, of: b.runs });
  return chance <= significance ? 'shown' : 'unproven';
}

function tallyOf(rows: readonly RunRow[]): OutcomeTally {
  const count = (wanted: Outcome): number => rows.filter(({ outcome }) => outcome === wanted).length;
  const [ordered, violated, inconclusive] = [count('ordered'), count('violated'), count('inconclusive')];
  return {
    worst: violated > 0 ? 'violated' : inconclusive > 0 ? 'inconclusive' : 'ordered',
    runs: rows.length,
    ordered,
    violated,
    inconclusive,
    failed: rows.filter(({ error }) => error !== null).length,
  };
}
