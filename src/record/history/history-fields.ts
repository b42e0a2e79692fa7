/** Makes the fields of a line of an event that a program has in memory. What cannot be a field is refused by its place. */
import {
  fieldIndex,
  recordEvents,
  recordFields,
  type RecordEvent,
  type RecordField,
} from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';

/** Fields whose values are integers. */
const integers: ReadonlySet<RecordField> = new Set(['version', 'position', 'partition', 'deliveryCount', 'order']);

/**
 * @param index place in the history, from 0
 * @throws {TypeError} naming the place and the field
 */
export function setHistoryFields(fields: Fields, event: unknown, index: number): void {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw wrong(index, `should be an object with an aggregate and a version, but it is ${shown(event)}`);
  }
  fields.clear();
  const values = event as Readonly<Partial<Record<RecordField, unknown>>>;
  for (const field of recordFields) {
    const value = values[field];
    if (value !== undefined && value !== null) fields.setText(fieldIndex[field], textOf(field, value, index));
    else if (field === 'aggregate' || field === 'version') throw wrong(index, `has no ${field}`);
  }
}

function textOf(field: RecordField, value: unknown, index: number): string {
  if (integers.has(field)) return integerText(field, value, index);
  switch (field) {
    case 'ev':
      if (recordEvents.includes(value as RecordEvent)) return value as RecordEvent;
      throw wrong(index, `has the ev ${shown(value)}, which is none of ${recordEvents.join(', ')}`);
    case 'ok':
      if (typeof value === 'boolean') return String(value);
      throw wrong(index, `has the ok ${shown(value)}, which is neither true nor false`);
    case 'time':
      return timeText(value, index);
    default:
      if (typeof value === 'string') return value;
      if (typeof value === 'bigint' || Number.isFinite(value)) return String(value);
      throw wrong(index, `has the ${field} ${shown(value)}, which is neither a text nor a number`);
  }
}

function integerText(field: RecordField, value: unknown, index: number): string {
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return value;
  const way = Number.isInteger(value)
    ? 'which is beyond 2^53 and so not exact: give it as a bigint or a text'
    : 'which is no integer';
  throw wrong(index, `has the ${field} ${shown(value)}, ${way}`);
}

function timeText(value: unknown, index: number): string {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return value;
  throw wrong(index, `has the time ${shown(value)}, which is neither ISO 8601, nor milliseconds, nor a date`);
}

function wrong(index: number, problem: string): TypeError {
  return new TypeError(`history[${index}] ${problem}`);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
