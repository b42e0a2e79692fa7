/**
 * Says what the rows mean, in a few sentences each. Repeats with the same outcome share one finding: their number, and
 * what one of them, such as the worst, means.
 */
import type { RunRow } from '../../domain/report/run-report.js';
import { formatCount, plural } from '../../text/numbers.js';
import { worstOf, type RowGroup } from '../repeats/row-order.js';
import { explainRow } from '../words/row-explanation.js';
import { statusOfRow } from './model/figures.js';
import type { Finding } from './model/finding.js';

export interface MeaningsView {
  readonly title: string;
  readonly findings: readonly Meaning[];
}

export interface Meaning extends Finding {
  /** Whether a comparison describes the row already in its claims, since all runs of its candidate held order. */
  readonly isInClaims: boolean;
}

/** @param groups all rows of the report */
export function meaningsView(
  groups: readonly RowGroup[],
  { isCompared }: { readonly isCompared: boolean },
): MeaningsView {
  return {
    title: 'What it means',
    findings: groups.flatMap((group) => {
      const isInClaims = isCompared && group.rows.every(({ outcome }) => outcome === 'ordered');
      return alikeIn(group).map((alike) => ({ ...meaningOf(alike, group), isInClaims }));
    }),
  };
}

type Rows = readonly [RunRow, ...RunRow[]];

/** The repeats grouped by outcome and error, in order of first occurrence. */
function alikeIn({ rows }: RowGroup): Rows[] {
  const kinds = new Map<string, [RunRow, ...RunRow[]]>();
  for (const row of rows) {
    const kind = `${row.outcome} ${row.error?.code ?? ''}`;
    const alike = kinds.get(kind);
    if (alike === undefined) kinds.set(kind, [row]);
    else alike.push(row);
  }
  return [...kinds.values()];
}

function meaningOf(alike: Rows, group: RowGroup): Finding {
  const typical = typicalOf(alike);
  const summary = group.rows.length === 1 ? '' : `${summaryOf(alike, typical, group)} `;
  return { status: statusOfRow(typical), title: group.label, text: summary + explainRow(typical) };
}

/** The row to explain: the worst, or among ordered rows the one with the fewest pairs at risk. */
function typicalOf(alike: Rows): RunRow {
  if (alike[0].outcome !== 'ordered') return worstOf(alike);
  return alike.reduce((least, row) => (row.exposure.atRiskPairs < least.exposure.atRiskPairs ? row : least));
}

function summaryOf(alike: Rows, typical: RunRow, group: RowGroup): string {
  const share = `${formatCount(alike.length)} of ${plural(group.rows.length, 'run')} ${typical.outcome}`;
  if (alike.length === 1) return `${share}, ${tagOf(typical)}.`;
  const regressions = alike.map((row) => row.counts.regressions);
  const [least, most] = [Math.min(...regressions), Math.max(...regressions)];
  const range = most === 0 ? '' : ` with ${formatCount(least)} to ${plural(most, 'regression')}`;
  const which = {
    violated: 'The worst',
    ordered: 'The one with the fewest pairs at risk',
    inconclusive: 'One of them',
  }[typical.outcome];
  return `${share}${range}. ${which}, ${tagOf(typical)}:`;
}

/** Identifies the explained row among the repeats: `#2`, or with the point of a sweep `topics=5 #2`. */
function tagOf({ point, repeat }: RunRow): string {
  return point === null ? `#${repeat}` : `${point.field}=${point.value} #${repeat}`;
}
