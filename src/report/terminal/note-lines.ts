/** Lays out the lines below a table: the notes that explain its figures, dimmed, and the cautions. */
import { clockSentences, type Note } from '../view/model/note.js';
import { wrapText } from './line-wrapping.js';
import type { Screen } from './theme.js';

export function renderNotes(notes: readonly Note[], { width, theme }: Screen): string[] {
  return notes
    .map(({ text, clock = 'wall' }) => `${text} ${clockSentences[clock]}`.trimEnd())
    .flatMap((note) => wrapText(theme.text(note), width, '', 2))
    .map((line) => theme.tones.aside(line));
}

export function renderCautions(cautions: readonly string[], { width, theme }: Screen): string[] {
  return cautions
    .flatMap((caution) => wrapText(theme.text(caution), width, '', 2))
    .map((line) => theme.tones.unsure(line));
}
