/** Lays out the verdict: a line for each finding, with cause and fix below what is wrong. */
import type { VerdictFinding, VerdictView } from '../view/verdict-view.js';
import { wrapText } from './line-wrapping.js';
import { widestProse } from './section-lines.js';
import { paintOf, signOf, type Screen } from './theme.js';

export function renderVerdict({ advice, findings }: VerdictView, { width, theme }: Screen): string[] {
  const screen = { theme, width: Math.min(width, widestProse) };
  return [
    ...(advice === null ? [] : wrapText(theme.text(advice), screen.width).map((line) => theme.strong(line))),
    ...findings.flatMap((finding) => renderFinding(finding, screen)),
  ];
}

/** As wide as the titles that most findings have. */
const titleWidth = 5;

function renderFinding({ status, text, because }: VerdictFinding, { width, theme }: Screen): string[] {
  const sign = `${paintOf(theme, status)(signOf(theme, status))} `;
  const wide = Math.max(titleWidth, ...because.map(({ title }) => title.length));
  return [
    ...wrapText(theme.text(text), width, sign),
    ...because.flatMap((one) => wrapText(theme.text(one.text), width, `  ${theme.strong(one.title.padEnd(wide))}  `)),
  ];
}
