/** Shows which candidate to take: in a sentence, then why and when not, each part beside what it speaks of. */
import type { AdviceKind, Comparison } from '../../domain/report/comparison.js';
import { renderEntries, wrapText } from './line-wrapping.js';
import { printable } from '../../text/printable.js';
import type { Theme } from './theme.js';

const widestProse = 120;

const names: Readonly<Record<AdviceKind, string>> = {
  why: 'Why',
  worth: 'Evidence',
  cost: 'Cost',
  promise: 'Promise',
  instead: 'Instead',
  besides: 'Besides',
  'not-a-fix': 'No fix',
  measured: 'Load',
};

export function renderRecommendation(
  { recommendation: { text, headline, parts } }: Comparison,
  { width, theme }: { readonly width: number; readonly theme: Theme },
): string[] {
  const room = Math.min(width, widestProse);
  const first = parts.length === 0 ? text : headline;
  return [
    theme.strong('Recommendation'),
    ...wrapText(theme.text(printable(first)), room, '  ').map((line) =>
      parts.length === 0 ? line : theme.strong(line),
    ),
    ...renderEntries(
      parts.map(({ kind, text: part }) => ({ name: theme.faint(names[kind]), text: theme.text(printable(part)) })),
      { width: room, widestName: 20 },
    ),
  ];
}
