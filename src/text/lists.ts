/** Puts several things into one sentence. */

/** `a`, `a and b`, `a, b and c`; nothing for no items. @param last the word before the last of several */
export function listed(items: readonly string[], last: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)!}`;
}
