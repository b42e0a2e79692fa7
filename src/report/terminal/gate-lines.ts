/**
 * Lays out the gates: the outcome, and below it the breaches and undecided gates, or the evidence of a gate that held.
 */
import { formatCount } from '../../text/numbers.js';
import { shortList } from '../../text/lists.js';
import type { GateView } from '../view/gate-view.js';
import { wrapText } from './line-wrapping.js';
import { paintOf, signOf, type Screen } from './theme.js';

/** Of gates without evidence of their own, such as what a scenario expects. */
const asExpected = 'every row came out as the scenario or the flags expect it to';

/**
 * @param details whether the evidence of a gate that held is shown; what is breached or undecided always is
 * @returns lines of at most `width` columns
 */
export function renderGate(
  { status, outcome, findings, evidence }: GateView,
  { width, theme }: Screen,
  { details }: { readonly details: boolean },
): string[] {
  const shown = details ? evidence : evidence.slice(0, 1);
  const left = evidence.length - shown.length;
  const held = [...shown, ...(left > 0 ? [`and ${formatCount(left)} more`] : [])];
  const heldWords = held.length === 0 ? [asExpected] : held;
  const sentences = shortList(outcome === 'held' ? heldWords : findings);
  return [
    `${theme.strong('Gate')}  ${paintOf(theme, status)(`${signOf(theme, status)} ${outcome}`)}`,
    ...sentences.flatMap((sentence) => wrapText(theme.text(sentence), width, '  ')),
  ];
}
