/**
 * Compares the number of pairs at risk that all repeats of a row have seen with the number that was asked for
 * (`--until-at-risk`). A violated row needs no more of them, since its violation is certain.
 */
import type { RunRow } from '../domain/report/run-report.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { formatCount, plural } from '../text/numbers.js';
import { reasonText } from '../report/words/reason-text.js';
import { groupRepeats, type RowGroup } from '../report/repeats/row-order.js';

/** A row whose last 20 repeats saw no pair at risk is not expected to see one any more. */
export const stalledAfterRepeats = 20;

/** The most repeats of a row that are run. */
const repeatsMax = 1_000;

/**
 * Estimates how many further repeats it takes until every row has seen the wanted number of pairs at risk, from what
 * the repeats so far have seen. 0: every row has, or is not expected to. The estimate is made again after each whole
 * repeat.
 * @param rows the rows of whole repeats
 */
export function repeatsToAtRisk(rows: readonly RunRow[], wanted: number): number {
  const lacking = groupRepeats(rows)
    .filter((group) => isShort(group, wanted) && !isStalled(group))
    .map((group) => {
      const [seen, runs] = [atRiskPairs(group.rows), group.rows.length];
      const expected = seen === 0 ? stalledAfterRepeats : Math.ceil(((wanted - seen) * runs) / seen);
      return Math.min(expected, repeatsMax - runs);
    });
  return Math.max(0, ...lacking);
}

/**
 * One sentence for each row that has seen fewer pairs at risk than were asked for.
 * @param wanted null: any number will do
 */
export function shortOfAtRisk(rows: readonly RunRow[], wanted: number | null): string[] {
  if (wanted === null) return [];
  return groupRepeats(rows)
    .filter((group) => isShort(group, wanted))
    .map((group) => {
      const seen = `${group.label} has seen ${formatCount(atRiskPairs(group.rows))} of the ${formatCount(wanted)} pairs at risk asked for (--until-at-risk)`;
      return `${seen} in ${plural(group.rows.length, 'repeat')}${isStalled(group) ? `, none of them in the last ${String(stalledAfterRepeats)}` : ''}`;
    });
}

/**
 * Whether an inconclusive row leaves no gate undecided, because its repeats are judged together. If ordered runs are
 * asked for, it just does not count as one of them. If pairs at risk are asked for, their sum over the repeats decides,
 * provided that too few of them is the only reason why the row is inconclusive.
 */
export function isDecidedOverRepeats(row: RunRow, terms: Pick<Scenario, 'untilAtRisk' | 'confidence'>): boolean {
  const { outcome, error, reasons } = row;
  if (outcome !== 'inconclusive' || error !== null) return false;
  if (terms.confidence !== null) return true;
  return terms.untilAtRisk !== null && reasons.length > 0 && reasons.every(({ kind }) => kind === 'too-few-at-risk');
}

export function inconclusiveText({ id, reasons }: Pick<RunRow, 'id' | 'reasons'>): string {
  return `${id} is inconclusive${reasons.length === 0 ? '' : ` (${reasons.map(reasonText).join('; ')})`}`;
}

export function atRiskPairs(rows: readonly RunRow[]): number {
  return rows.reduce((total, { exposure }) => total + exposure.atRiskPairs, 0);
}

function isShort(group: RowGroup, wanted: number): boolean {
  const settled = group.rows.some((row) => row.outcome === 'violated' || row.error !== null);
  return !settled && atRiskPairs(group.rows) < wanted;
}

function isStalled({ rows }: RowGroup): boolean {
  const last = rows.slice(-stalledAfterRepeats);
  return last.length === stalledAfterRepeats && last.every((row) => row.exposure.atRiskPairs === 0);
}
