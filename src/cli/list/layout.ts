/**
 * Lays out lists in two columns: names and labels on the left, texts wrapped on the right. On a narrow screen texts
 * stand below their names. Nothing is said by colour alone.
 */
import { stringWidth, wrapText } from '../../report/terminal/line-wrapping.js';
import type { Paint, Screen, Theme } from '../../report/terminal/theme.js';
import type { Entry, Listing } from './listing.js';

/** Below this width texts stand below their names. */
const narrowBelow = 60;
const gap = 2;

/** A list in full. */
export function renderListing({ entries, hints }: Listing, screen: Screen): string {
  const below = hints.flatMap((hint) => wrapText(screen.theme.text(hint), screen.width));
  return `${[...renderEntries(entries, screen), below.join('\n')].join('\n\n')}\n`;
}

/** The entries with all that is said of them, each in some lines. */
export function renderEntries(entries: readonly Entry[], { width, theme }: Screen): readonly string[] {
  const place = { column: columnOf(entries), width, theme };
  return entries.map(({ name, summary, more }) =>
    [
      ...pair(name, summary, { ...place, paint: theme.strong }),
      ...more.flatMap(([label, text]) => pair(`  ${label}`, text, { ...place, paint: theme.tones.aside })),
    ].join('\n'),
  );
}

/** All lists in short: a line for each entry. */
export function renderOverview(
  listings: readonly (Listing & { readonly word: string })[],
  { width, theme }: Screen,
): string {
  const column = columnOf(listings.flatMap(({ entries }) => entries.map((entry) => ({ ...entry, more: [] }))));
  const sections = listings.map(({ title, word, entries }) => [
    ...wrapText(`${title} (eventbus-bench list ${word})`, width).map((line) => theme.strong(line)),
    ...entries.flatMap(({ name, summary }) =>
      isNarrow(width)
        ? [`  ${name}`, `    ${firstLine(summary, width - 4, theme)}`]
        : [`  ${name.padEnd(column)}${firstLine(summary, width - 2 - column, theme)}`],
    ),
  ]);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

interface Place {
  readonly column: number;
  readonly width: number;
  readonly theme: Theme;
  /** How the name is painted. */
  readonly paint: Paint;
}

/** A name with its text beside it, or below it on a narrow screen. */
function pair(name: string, text: string, { column, width, theme, paint }: Place): string[] {
  if (isNarrow(width)) {
    const indent = name.length - name.trimStart().length + 2;
    return [paint(name), ...wrapText(theme.text(text), width, ' '.repeat(indent))];
  }
  return wrapText(theme.text(text), width, paint(name) + ' '.repeat(column - stringWidth(name)), column);
}

function columnOf(entries: readonly Entry[]): number {
  const names = entries.flatMap(({ name, more }) => [name, ...more.map(([label]) => `  ${label}`)]);
  return Math.max(...names.map(stringWidth)) + gap;
}

function isNarrow(width: number): boolean {
  return width < narrowBelow;
}

/** As much of a text as fits into one line, with an ellipsis where something is left out. */
function firstLine(text: string, width: number, { text: safe, ellipsis }: Theme): string {
  const plain = safe(text);
  if (stringWidth(plain) <= width) return plain;
  return `${wrapText(plain, width - ellipsis.length)[0]!.replace(/[,;:.]$/, '')}${ellipsis}`;
}
