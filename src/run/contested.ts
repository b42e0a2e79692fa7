/**
 * On how many contested pairs does a zero rest, over all repeats of a row, and are they as many as were asked for? A row
 * that was violated needs no more: what was seen is certain.
 */
import type { RunRow } from '../domain/run-report.js';
import { formatCount, plural } from '../report/format.js';
import { reasonText } from '../report/reason-text.js';
import { groupRepeats, type RowGroup } from '../report/rows.js';

/** After so many repeats without a contested pair a row is not expected to see one. */
export const stalledAfterRepeats = 20;

/** Nobody waits for more repeats than these. */
export const repeatsMax = 1_000;

/**
 * Whether another repeat is worth its time: some row has yet to see as many contested pairs as were asked for, and may
 * still see them.
 * @param rows of whole repeats
 */
export function wantsMoreContested(rows: readonly RunRow[], wanted: number): boolean {
  return groupRepeats(rows).some(
    (group) => isShort(group, wanted) && !isStalled(group) && group.rows.length < repeatsMax,
  );
}

/** A sentence a row that has seen fewer contested pairs than were asked for. @param wanted null: any number will do */
export function shortOfContested(rows: readonly RunRow[], wanted: number | null): string[] {
  if (wanted === null) return [];
  return groupRepeats(rows)
    .filter((group) => isShort(group, wanted))
    .map((group) => {
      const seen = `${group.label} has seen ${formatCount(contestedPairs(group))} of the ${formatCount(wanted)} contested pairs asked for (--until-contested)`;
      return `${seen} in ${plural(group.rows.length, 'repeat')}${isStalled(group) ? `, none of them in the last ${String(stalledAfterRepeats)}` : ''}`;
    });
}

/**
 * Whether a row is inconclusive for want of pairs at risk, and for nothing else, where all repeats together are to see
 * a number of them: then their sum decides.
 */
export function isExcused({ outcome, error, reasons }: RunRow, wanted: number | null): boolean {
  if (wanted === null || outcome !== 'inconclusive' || error !== null) return false;
  return reasons.length > 0 && reasons.every(({ kind }) => kind === 'too-few-at-risk');
}

export function inconclusiveText({ id, reasons }: Pick<RunRow, 'id' | 'reasons'>): string {
  return `${id} is inconclusive${reasons.length === 0 ? '' : ` (${reasons.map(reasonText).join('; ')})`}`;
}

/** A sentence on every row that kept order: of how many pairs at risk none was inverted. */
export function zerosOf(rows: readonly RunRow[]): string[] {
  return groupRepeats(rows).flatMap((group) => {
    const atRisk = sum(group, (row) => row.exposure.atRiskPairs);
    const inverted = sum(group, (row) => row.exposure.invertedPairs);
    if (atRisk === 0 || inverted > 0 || group.rows.some((row) => row.outcome === 'violated')) return [];
    const over = group.rows.length === 1 ? '' : ` in ${plural(group.rows.length, 'repeat')}`;
    return [`${group.label}: 0 of ${plural(atRisk, 'pair')} at risk in the wrong order${over}`];
  });
}

function isShort(group: RowGroup, wanted: number): boolean {
  const settled = group.rows.some((row) => row.outcome === 'violated' || row.error !== null);
  return !settled && contestedPairs(group) < wanted;
}

function isStalled({ rows }: RowGroup): boolean {
  const last = rows.slice(-stalledAfterRepeats);
  return last.length === stalledAfterRepeats && last.every((row) => row.exposure.contestedPairs === 0);
}

function contestedPairs(group: RowGroup): number {
  return sum(group, (row) => row.exposure.contestedPairs);
}

function sum(group: RowGroup, of: (row: RunRow) => number): number {
  return group.rows.reduce((total, row) => total + of(row), 0);
}
