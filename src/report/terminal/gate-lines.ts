/**
 * Lays out the gates: the outcome, and below it the breaches and undecided gates, or the evidence of a gate that held.
 */
import { shortList } from '../../text/lists.js';
import type { GateView } from '../view/gate-view.js';
import { wrapText } from './line-wrapping.js';
import { paintOf, signOf, type Screen } from './theme.js';

/** @returns lines of at most `width` columns */
export function renderGate({ status, outcome, findings, evidence }: GateView, { width, theme }: Screen): string[] {
  const sentences = shortList(outcome === 'held' ? evidence : findings);
  return [
    `${theme.strong('Gate')}  ${paintOf(theme, status)(`${signOf(theme, status)} ${outcome}`)}`,
    ...sentences.flatMap((sentence) => wrapText(theme.text(sentence), width, '  ')),
  ];
}
