/**
 * Shows what hand-written checkers would have counted, of the rows in which one of them counts more than came late: the
 * worst run of each.
 */
import { worstOf, type RowGroup } from '../repeats/row-order.js';
import { otherCheckersText } from '../words/other-checkers-text.js';
import type { Finding, Section } from './model/finding.js';
import type { RowNaming } from './row-naming.js';

/** @returns null where no such checker would have counted more */
export function otherCheckersView(groups: readonly RowGroup[], { label }: RowNaming): Section | null {
  const findings = groups.flatMap(({ rows: [first, ...others] }): Finding[] => {
    if (first === undefined) return [];
    const worst = worstOf([first, ...others]);
    const { naive, completionOrder, racy, regressions } = worst.counts;
    const isAbove = Math.max(naive, completionOrder ?? 0, racy ?? 0) > regressions;
    return isAbove ? [{ status: null, title: label(worst), text: otherCheckersText(worst.counts) }] : [];
  });
  return findings.length === 0 ? null : { title: 'What other checkers would have counted', findings };
}
