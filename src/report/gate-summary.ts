/** How did the gates come out, in words? The outcome, and below it what was breached, could not be told, or holds it up. */
import { printable, wrapText } from './text.js';
import type { Theme } from './theme.js';

export interface GateSummary {
  readonly outcome: 'held' | 'breached' | 'inconclusive';
  /** What was breached or could not be told, or what a held gate rests on; a sentence each. */
  readonly findings: readonly string[];
}

/** @returns lines of at most `width` columns */
export function renderGate(
  { outcome, findings }: GateSummary,
  { width, theme }: { readonly width: number; readonly theme: Theme },
): string[] {
  const [sign, paint, word] = {
    held: [theme.signs.ordered, theme.ok, 'held'] as const,
    breached: [theme.signs.violated, theme.bad, 'breached'] as const,
    inconclusive: [theme.signs.inconclusive, theme.unsure, 'inconclusive'] as const,
  }[outcome];
  return [
    `${theme.strong('Gate')}  ${paint(`${sign} ${word}`)}`,
    ...findings.flatMap((finding) => wrapText(theme.text(printable(finding)), width, '  ')),
  ];
}
