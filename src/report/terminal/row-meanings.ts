/**
 * What do the rows mean? A sentence or two a row. Repeats that came out alike share one entry: how many they are, and
 * what the worst of them means.
 */
import type { RunRow } from '../../domain/report/run-report.js';
import { explainRow } from '../words/explain.js';
import { formatCount, plural } from '../../text/numbers.js';
import { worstOf, type RowGroup } from '../repeats/row-order.js';
import { renderEntries, shortened } from './line-wrapping.js';
import { printable } from '../../text/printable.js';
import { paintOf, signOf, type Theme } from './theme.js';

/** Sentences are not set wider than can be read. */
const widestProse = 120;

export interface MeaningOptions {
  readonly width: number;
  readonly theme: Theme;
}

export function renderMeaning(groups: readonly RowGroup[], options: MeaningOptions): string[] {
  const { width, theme } = options;
  const entries = meaningsOf(groups);
  return [
    theme.strong('What it means'),
    ...renderEntries(
      entries.map(({ row, label, text }) => ({
        name: `${paintOf(theme, row.outcome)(signOf(row, theme))} ${theme.strong(shortened(printable(label), 60, theme.ellipsis))}`,
        text: theme.text(printable(text)),
      })),
      { width: Math.min(width, widestProse), widestName: 20 },
    ),
  ];
}

export interface Meaning {
  readonly label: string;
  /** The row that the text explains. */
  readonly row: RunRow;
  readonly text: string;
}

/** One entry a row; repeats that came out alike share one, which explains the worst of them. */
export function meaningsOf(groups: readonly RowGroup[]): Meaning[] {
  return groups.flatMap(meaningsOfGroup);
}

function meaningsOfGroup(group: RowGroup): Meaning[] {
  const kinds = new Map<string, [RunRow, ...RunRow[]]>();
  for (const row of group.rows) {
    const kind = `${row.outcome} ${row.error?.code ?? ''}`;
    const alike = kinds.get(kind);
    if (alike === undefined) kinds.set(kind, [row]);
    else alike.push(row);
  }
  return [...kinds.values()].map((alike) => {
    const typical = typicalOf(alike);
    const summary = group.rows.length === 1 ? '' : `${summaryOf(alike, typical, group)} `;
    return { label: group.label, row: typical, text: summary + explainRow(typical) };
  });
}

/** The one to explain: the worst, or among ordered rows the one whose zero says least. */
function typicalOf(alike: readonly [RunRow, ...RunRow[]]): RunRow {
  if (alike[0].outcome !== 'ordered') return worstOf(alike);
  return alike.reduce((least, row) => (row.exposure.atRiskPairs < least.exposure.atRiskPairs ? row : least));
}

function summaryOf(alike: readonly [RunRow, ...RunRow[]], typical: RunRow, group: RowGroup): string {
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

/** What tells a row from those that it is explained for. */
function tagOf({ point, repeat }: RunRow): string {
  return point === null ? `#${repeat}` : `${point.field}=${point.value} #${repeat}`;
}
