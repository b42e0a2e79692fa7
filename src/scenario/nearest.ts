/**
 * Guesses which of the known names somebody meant: the only one that holds the text as a part, or else the closest one
 * by edits, if they are few for the length of the name. A guess that is far off misleads more than none.
 */
import { closest, distance } from 'fastest-levenshtein';

/** A shorter text is part of many names by chance. */
const partMin = 4;

/** More edits are no typing error, however long the name is. */
const editsMax = 3;
const editsShare = 0.4;

/** @returns the known name that a typing error could have turned into `name`, or null */
export function nearest(name: string, known: readonly string[]): string | null {
  if (name === '' || known.length === 0) return null;
  const wanted = name.toLowerCase();
  const byLowerCase = new Map(known.map((candidate) => [candidate.toLowerCase(), candidate]));
  const lowerCase = [...byLowerCase.keys()];
  const best = closest(wanted, lowerCase);
  const edits = distance(wanted, best);
  const only = edits === 0 ? null : theOnlyOne(lowerCase, wanted);
  if (only !== null) return byLowerCase.get(only) ?? null;
  const near = edits <= Math.min(editsMax, Math.max(1, Math.floor(wanted.length * editsShare)));
  return near ? (byLowerCase.get(best) ?? null) : null;
}

/** The only name that begins with the text, or else the only one that has it somewhere. */
function theOnlyOne(names: readonly string[], text: string): string | null {
  if (text.length < partMin) return null;
  const beginning = names.filter((name) => name.startsWith(text));
  const holding = beginning.length > 0 ? beginning : names.filter((name) => name.includes(text));
  return holding.length === 1 ? holding[0]! : null;
}
