/** Lays out names and texts in two columns, with each text as a block beside its name. */
import { padded, stringWidth, wrapText } from './line-wrapping.js';

/** A name with a text beside it. */
export interface Entry {
  readonly name: string;
  readonly text: string;
}

/**
 * Lays out entries in two columns, indented by two. A name wider than `widestName` columns has a line of its own, with
 * its text below; so has one wider than a quarter of the screen.
 */
export function renderEntries(
  entries: readonly Entry[],
  { width, widestName: widest }: { readonly width: number; readonly widestName: number },
): string[] {
  const widestName = Math.min(widest, Math.floor(width / 4));
  const widths = entries.map((entry) => stringWidth(entry.name)).filter((nameWidth) => nameWidth <= widestName);
  const indent = widths.length === 0 ? 6 : 2 + Math.max(...widths) + 2;
  return entries.flatMap(({ name, text }) =>
    stringWidth(name) <= widestName
      ? wrapText(text, width, `  ${padded(name, indent - 2)}`)
      : [...wrapText(name, width, '  '), ...wrapText(text, width, ' '.repeat(indent))],
  );
}
