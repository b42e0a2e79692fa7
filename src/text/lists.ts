/** Puts several things into one sentence, and keeps a long list of sentences short. */
import { formatCount } from './numbers.js';

/** `a`, `a and b`, `a, b and c`; nothing for no items. @param last the word before the last of several */
export function listed(items: readonly string[], last: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)!}`;
}

/** So many sentences are shown; of a thousand repeats each may have one. */
const sentencesMax = 20;

/** The first of many, and how many more there are. */
export function shortList(sentences: readonly string[]): readonly string[] {
  if (sentences.length <= sentencesMax) return sentences;
  return [
    ...sentences.slice(0, sentencesMax - 1),
    `and ${formatCount(sentences.length - sentencesMax + 1)} more like these`,
  ];
}
