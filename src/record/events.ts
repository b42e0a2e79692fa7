/** Reads what a line says happened, from its bytes. */
import { fieldIndex, recordEvents, type RecordEvent } from '../domain/record/record-fields.js';
import type { Fields } from './fields.js';

const evField = fieldIndex.ev;
const byText = new Map<string, RecordEvent>(recordEvents.map((event) => [event, event]));

/** @returns the event; `handled` where the line does not say; null: none of a record */
export function eventOf(fields: Fields): RecordEvent | null {
  if (!fields.has(evField)) return 'handled';
  const from = fields.from[evField]!;
  const bytes = fields.bytes[evField]!;
  const length = fields.to[evField]! - from;
  // Most lines say the same, so a text is made of few.
  if (length === 7 && bytes[from] === 0x68 && bytes[from + 1] === 0x61) {
    return fields.text(evField) === 'handled' ? 'handled' : null;
  }
  return byText.get(fields.text(evField) ?? '') ?? null;
}

/** Whether a line speaks of the publisher's side. */
export function isPublish(event: RecordEvent): boolean {
  return event === 'publish' || event === 'acked';
}
