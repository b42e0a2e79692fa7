/**
 * Readers that decode lines to text meet U+FFFD in place of each byte that is no UTF-8, so that different names would
 * become one. A line that has it in a field is bad, unless it was written there.
 */
import type { Fields } from './fields.js';

/** What a decoder puts in place of bytes that are no UTF-8. */
export const unreadable = '\ufffd';

/** What is wrong with such a line, as a clause. */
export const notUtf8 = 'it has a field that is not UTF-8';

export function hasUnreadable(fields: Fields): boolean {
  return Object.values(fields.texts()).some((text) => text.includes(unreadable));
}
