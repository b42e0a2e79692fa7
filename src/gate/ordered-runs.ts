/**
 * Compares the number of ordered runs of a row with the number that a gate's confidence requires, and states the bound
 * on the rate of violated runs that follows. An inconclusive run does not count as ordered; further seeds are run in
 * its place, up to a limit.
 */
import type { RunGroup } from '../domain/report/run-group.js';
import { mostRunsLosingOrder, orderedRunsFor, usualConfidence } from '../domain/scenario/run-bound.js';
import type { RunRow } from '../domain/report/run-report.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { formatBound, formatPercent, formatCount, plural } from '../text/numbers.js';
import { runGroupOf } from '../report/repeats/repeat-groups.js';
import { groupRepeats, type RowGroup } from '../report/repeats/row-order.js';
import { atRiskPairs } from './at-risk.js';

/** A row whose last 20 runs were all inconclusive is not expected to have an ordered one any more. */
export const stalledAfterRuns = 20;

type Confidence = Pick<Scenario, 'confidence' | 'within'>;

/** Number of ordered runs that a gate requires of every row; null: any number will do. */
export function orderedRunsWanted({ confidence, within }: Confidence): number | null {
  return confidence === null || within === null ? null : orderedRunsFor(confidence, within);
}

/** The most runs of a row that are made. */
export function runsMax(wanted: number): number {
  return 3 * wanted + 20;
}

/**
 * How many further repeats are to be planned: the largest number of ordered runs that any row lacks, up to its limit.
 * 0: every row has enough, or is settled, stalled or at its limit.
 * @param rows the gated rows, in whole repeats
 */
export function repeatsToOrderedRuns(rows: readonly RunRow[], wanted: number): number {
  const lacking = groupRepeats(rows)
    .filter((group) => !isSettled(group) && !isStalled(group))
    .map((group) => Math.min(wanted - orderedIn(group), runsMax(wanted) - group.rows.length));
  return Math.max(0, ...lacking);
}

/**
 * One sentence for each row that has fewer ordered runs than were asked for.
 * @param rows the gated rows, without those that are expected not to be ordered
 */
export function shortOfOrderedRuns(rows: readonly RunRow[], terms: Confidence): string[] {
  const wanted = orderedRunsWanted(terms);
  if (wanted === null) return [];
  return groupRepeats(rows)
    .filter((group) => orderedIn(group) < wanted || violatedIn(group) > 0)
    .map((group) => {
      const found = `${group.label}: ${countsOf(runGroupOf(group))}${isStalled(group) ? `, the last ${String(stalledAfterRuns)} all inconclusive` : ''}`;
      return `${found}; a bound of ${formatBound(terms.within!)} of runs with ${formatPercent(terms.confidence!, 4)} confidence takes ${formatCount(wanted)} ordered runs and none violated (--confidence, --within)`;
    });
}

/**
 * One sentence for each row that kept order: how many of its runs did, the bound that follows, and on how many pairs at
 * risk it rests. A single run gives no bound.
 */
export function orderedRowSummaries(rows: readonly RunRow[], { confidence }: Pick<Scenario, 'confidence'>): string[] {
  return groupRepeats(rows).flatMap((group) => {
    const { rows: runs, label } = group;
    const ordered = orderedIn(group);
    const inverted = runs.some((row) => row.exposure.invertedPairs > 0);
    if (ordered === 0 || inverted || violatedIn(group) > 0) return [];
    const pairs = `0 of ${plural(atRiskPairs(runs), 'pair')} at risk`;
    if (runs.length === 1) return [`${label}: ordered; ${pairs} came in the wrong order (one run gives no bound)`];
    const sure = confidence ?? usualConfidence;
    const most = formatBound(mostRunsLosingOrder(ordered, sure));
    const bound = `at most ${most} of runs lose order (${formatPercent(sure, 4)} confidence)`;
    return [`${label}: ${countsOf(runGroupOf(group))}, so ${bound}; ${pairs} in the wrong order`];
  });
}

/** `59 of 61 runs ordered, 2 inconclusive`. */
function countsOf({ runs, ordered, violated, inconclusive }: RunGroup): string {
  return [
    `${formatCount(ordered)} of ${plural(runs, 'run')} ordered`,
    ...(violated > 0 ? [`${formatCount(violated)} violated`] : []),
    ...(inconclusive > 0 ? [`${formatCount(inconclusive)} inconclusive`] : []),
  ].join(', ');
}

/** No further runs are needed: a violation is certain, and an error would come again. */
function isSettled(group: RowGroup): boolean {
  return violatedIn(group) > 0 || group.rows.some(({ error }) => error !== null);
}

function isStalled(group: RowGroup): boolean {
  return inconclusiveAtEnd(group) >= stalledAfterRuns;
}

function inconclusiveAtEnd({ rows }: RowGroup): number {
  return rows.length - 1 - rows.findLastIndex(({ outcome }) => outcome !== 'inconclusive');
}

function orderedIn({ rows }: RowGroup): number {
  return rows.filter(({ outcome }) => outcome === 'ordered').length;
}

function violatedIn({ rows }: RowGroup): number {
  return rows.filter(({ outcome }) => outcome === 'violated').length;
}
