/**
 * Lays out witnesses: the stages one below the other, and what each saw of each delivery on a line of its own, so that
 * the eye finds where two events change places.
 */
import { plural } from '../../text/numbers.js';
import type { WitnessView } from '../view/witnesses-view.js';
import { wrapText } from './line-wrapping.js';
import { renderFindings } from './section-lines.js';
import type { Screen } from './theme.js';

const witnessesMax = 6;
const widestName = 12;

/** @returns one block of lines for each of the first witnesses, and one that says how many more there are */
export function renderWitnesses(witnesses: readonly WitnessView[], screen: Screen): string[][] {
  const left = witnesses.length - witnessesMax;
  const rest = `The witnesses of ${plural(left, 'more cause')} are in the report.`;
  return [
    ...witnesses.slice(0, witnessesMax).map((witness) => renderWitness(witness, screen)),
    ...(left > 0 ? [wrapText(rest, screen.width)] : []),
  ];
}

function renderWitness({ title, lines }: WitnessView, screen: Screen): string[] {
  const { width, theme } = screen;
  const findings = lines.flatMap(({ name, clauses }) =>
    clauses.map((text, index) => ({ status: null, title: index === 0 ? name : '', text })),
  );
  return [
    ...wrapText(theme.text(title), width).map((line) => theme.strong(line)),
    ...renderFindings(findings, { ...screen, widestName }),
  ];
}
