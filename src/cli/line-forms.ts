/**
 * Lays out one line of progress: its parts are given in several forms, from the longest to the shortest, and the first
 * that fits is taken; bars and times that are left are written the same everywhere.
 */
import { formatCount } from '../text/numbers.js';

/** A part of a progress line; left out where its text is empty. */
export interface Piece {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** The first form that fits into so many columns; null: none does. */
export function firstFitting(forms: readonly (readonly Piece[])[], width: number): string | null {
  const fitting = forms.find((form) => widthOf(form) <= width);
  return fitting === undefined ? null : joined(fitting);
}

function widthOf(pieces: readonly Piece[]): number {
  return shown(pieces)
    .map((piece) => piece.text)
    .join('  ').length;
}

function joined(pieces: readonly Piece[]): string {
  return shown(pieces)
    .map(({ text, paint }) => (paint === undefined ? text : paint(text)))
    .join('  ');
}

function shown(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter((piece) => piece.text !== '');
}

export interface BarSigns {
  readonly full: string;
  readonly empty: string;
}

const usualSigns: BarSigns = { full: '█', empty: '░' };

/** @param done from 0 to 1; null: not known */
export function barOf(done: number | null, width: number, { full, empty } = usualSigns): string {
  if (done === null) return '';
  const filled = Math.floor(done * width);
  return full.repeat(filled) + empty.repeat(width - filled);
}

/** A time that is left, in words. */
export function secondsOf(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${formatCount(Math.ceil(minutes / 60))} h`;
}
