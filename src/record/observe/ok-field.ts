/** Reads whether a line says that something succeeded, in the spellings of common languages and of logs. */
import { fieldIndex } from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';

const spellings: ReadonlyMap<string, boolean> = new Map([
  ...['true', 't', 'yes', 'y', '1'].map((text) => [text, true] as const),
  ...['false', 'f', 'no', 'n', '0'].map((text) => [text, false] as const),
]);

export const badOk = 'its ok is neither true nor false';

/** Lower and upper case are the same; true where the line does not say. null: it says something else. */
export function readOk(fields: Fields): boolean | null {
  const text = fields.text(fieldIndex.ok);
  if (text === null) return true;
  return spellings.get(text) ?? spellings.get(text.trim().toLowerCase()) ?? null;
}
