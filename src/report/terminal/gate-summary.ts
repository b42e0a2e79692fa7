/** How did the gates come out, in words? The outcome, and below it what was breached, could not be told, or holds it up. */
import type { GateSummary } from '../../domain/report/gate.js';
import { formatCount } from '../../text/numbers.js';
import { wrapText } from './line-wrapping.js';
import { printable } from '../../text/printable.js';
import type { Theme } from './theme.js';

/** So many sentences are shown; of a thousand repeats each may have one. */
export const sentencesMax = 20;

/** @returns lines of at most `width` columns */
export function renderGate(
  { outcome, findings, evidence = [] }: GateSummary,
  { width, theme }: { readonly width: number; readonly theme: Theme },
): string[] {
  const [sign, paint, word] = {
    held: [theme.signs.ordered, theme.ok, 'held'] as const,
    breached: [theme.signs.violated, theme.bad, 'breached'] as const,
    inconclusive: [theme.signs.inconclusive, theme.unsure, 'inconclusive'] as const,
  }[outcome];
  const sentences = shortList(outcome === 'held' ? evidence : findings.map(({ text }) => text));
  return [
    `${theme.strong('Gate')}  ${paint(`${sign} ${word}`)}`,
    ...sentences.flatMap((sentence) => wrapText(theme.text(printable(sentence)), width, '  ')),
  ];
}

/** The first of many, and how many more there are. */
export function shortList(sentences: readonly string[]): readonly string[] {
  if (sentences.length <= sentencesMax) return sentences;
  return [
    ...sentences.slice(0, sentencesMax - 1),
    `and ${formatCount(sentences.length - sentencesMax + 1)} more like these`,
  ];
}
