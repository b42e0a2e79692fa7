/**
 * What do all runs of a row come to? A line a row that was repeated: how many of its runs kept order, what that bounds,
 * and which was the worst.
 */
import type { RunRow } from '../../domain/report/run-report.js';
import { formatBound, formatCount, plural } from '../../text/numbers.js';
import { runGroupOf } from '../repeats/repeat-groups.js';
import { worstRowOf } from '../repeats/merged-rows.js';
import { groupRepeats, type RowGroup } from '../repeats/row-order.js';
import { renderEntries, shortened } from './line-wrapping.js';
import { printable } from '../../text/printable.js';
import { paintOf, signOf, type Theme } from './theme.js';

/** @returns lines; none where nothing was repeated */
export function renderAllRuns(
  rows: readonly RunRow[],
  { width, theme }: { readonly width: number; readonly theme: Theme },
): string[] {
  const groups = groupRepeats(rows).filter((group) => group.rows.length > 1);
  if (groups.length === 0) return [];
  const entries = groups.map((group) => {
    const worst = worstRowOf(group);
    const sign = paintOf(theme, worst.outcome)(signOf(worst, theme));
    const name = theme.strong(shortened(printable(group.label), 60, theme.ellipsis));
    return { name: `${sign} ${name}`, text: theme.text(allRunsText(group)) };
  });
  return [theme.strong('Over all runs'), ...renderEntries(entries, { width, widestName: 30 })];
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
