/** Puts several things into one sentence, and keeps a long list of sentences short. */
import { formatCount } from './numbers.js';

/**
 * `a`, `a and b`, `a, b and c`; an empty string for no items.
 * @param last the word before the last of several items
 */
export function listed(items: readonly string[], last: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)!}`;
}

/** At most so many lines are shown: a thousand repeats may give a sentence each. */
const sentencesMax = 20;

/** All sentences, or the first 19 and a last line with the number of the others. */
export function shortList(sentences: readonly string[]): readonly string[] {
  if (sentences.length <= sentencesMax) return sentences;
  return [
    ...sentences.slice(0, sentencesMax - 1),
    `and ${formatCount(sentences.length - sentencesMax + 1)} more like these`,
  ];
}
