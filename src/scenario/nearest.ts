/**
 * Guesses which of the known names somebody meant: the closest one by edits, if it is close enough to be a typing
 * error.
 */
import { closest, distance } from 'fastest-levenshtein';

/** @returns the known name that a typing error could have turned into `name`, or null */
export function nearest(name: string, known: readonly string[]): string | null {
  if (name === '' || known.length === 0) return null;
  const wanted = name.toLowerCase();
  const start = known.find((candidate) => wanted.length >= 3 && candidate.toLowerCase().startsWith(wanted));
  if (start !== undefined) return start;
  const byLowerCase = new Map(known.map((candidate) => [candidate.toLowerCase(), candidate]));
  const best = closest(wanted, [...byLowerCase.keys()]);
  const near = distance(wanted, best) <= Math.max(1, Math.floor(Math.max(wanted.length, best.length) * 0.4));
  return near ? (byLowerCase.get(best) ?? null) : null;
}
