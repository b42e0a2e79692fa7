/**
 * Summarises the runs of each repeated row, in one finding: how many kept order, and the bound that follows, or the
 * worst run.
 */
import type { RunRow } from '../../domain/report/run-report.js';
import { formatBound, formatCount, plural } from '../../text/numbers.js';
import { worstRowOf } from '../repeats/merged-rows.js';
import { runGroupOf } from '../repeats/repeat-groups.js';
import { groupRepeats, type RowGroup } from '../repeats/row-order.js';
import { statusOfRow } from './model/figures.js';
import type { Section } from './model/finding.js';

/** @returns null if nothing was repeated */
export function allRunsView(rows: readonly RunRow[]): Section | null {
  const repeated = groupRepeats(rows).filter((group) => group.rows.length > 1);
  if (repeated.length === 0) return null;
  return {
    title: 'Over all runs',
    findings: repeated.map((group) => ({
      status: statusOfRow(worstRowOf(group)),
      title: group.label,
      text: allRunsText(group),
    })),
  };
}

/** `59 of 59 ordered: at most 5 % of runs lose order, 95 % confidence`. */
export function allRunsText(group: RowGroup): string {
  const { runs, ordered, violated, inconclusive, atMost } = runGroupOf(group);
  const counts = [
    `${formatCount(ordered)} of ${formatCount(runs)} ordered`,
    ...(violated > 0 ? [`${formatCount(violated)} violated`] : []),
    ...(inconclusive > 0 ? [`${formatCount(inconclusive)} inconclusive`] : []),
  ].join(', ');
  if (violated > 0) {
    const worst = worstRowOf(group);
    return `${counts}; the worst is #${worst.repeat} with ${plural(worst.counts.violations, 'violation')}`;
  }
  return atMost === null ? counts : `${counts}: at most ${formatBound(atMost)} of runs lose order, 95 % confidence`;
}
