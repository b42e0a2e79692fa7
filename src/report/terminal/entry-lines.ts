/** Sets names and what is said of them in two columns, with the text of each hanging beside its name. */
import { padded, stringWidth, wrapText } from './line-wrapping.js';

/** A name with a text beside it. */
export interface Entry {
  readonly name: string;
  readonly text: string;
}

/**
 * Entries as two columns, indented by two. A name wider than `widestName` has a line of its own, its text below.
 */
export function renderEntries(
  entries: readonly Entry[],
  { width, widestName }: { readonly width: number; readonly widestName: number },
): string[] {
  const widths = entries.map((entry) => stringWidth(entry.name)).filter((nameWidth) => nameWidth <= widestName);
  const indent = widths.length === 0 ? 6 : 2 + Math.max(...widths) + 2;
  return entries.flatMap(({ name, text }) =>
    stringWidth(name) <= widestName
      ? wrapText(text, width, `  ${padded(name, indent - 2)}`)
      : [...wrapText(name, width, '  '), ...wrapText(text, width, ' '.repeat(indent))],
  );
}
