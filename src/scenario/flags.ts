/**
 * What do the flags say? The text of each becomes the value that a file would hold (`5` a number, `a,b` a list) and goes
 * through the file's schema, so both take the same and complain alike.
 */
import type { FlagField } from './fields.js';
import { settingsError } from './problem.js';
import { createScenarioSchema } from './schema.js';
import type { ScenarioSettings } from './schema.js';

/** Flags as typed; a flag that may be repeated has one text for each time. */
export type ScenarioFlags = Readonly<Partial<Record<FlagField, string | readonly string[]>>>;

const listFields: readonly string[] = ['backoff', 'allow', 'failOn', 'disturb'] satisfies FlagField[];
/** A name, or several separated by commas. */
const oneOrSeveralFields: readonly string[] = [
  'broker',
  'partitioner',
  'strategy',
  'mode',
  'gateMode',
] satisfies FlagField[];
const booleanFields: readonly string[] = ['idempotent'] satisfies FlagField[];
const textFields: readonly string[] = ['name'] satisfies FlagField[];
const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @throws {UsageError} naming the flag, its value and what is allowed */
export function parseFlags(flags: ScenarioFlags, strategies: readonly string[]): ScenarioSettings {
  const typed = Object.fromEntries(Object.entries(flags).map(([field, text]) => [field, textOf(field, text)]));
  const values = Object.fromEntries(Object.entries(typed).map(([field, text]) => [field, valueOf(field, text)]));
  const result = createScenarioSchema(strategies).safeParse(values);
  if (!result.success) throw settingsError(result.error.issues, typed, { kind: 'flags' });
  return result.data;
}

/** The items of a list; else the text that was given last. */
function textOf(field: string, text: string | readonly string[]): string | readonly string[] {
  const given = [text].flat();
  if (oneOrSeveralFields.includes(field)) return severalOf(given.join(','));
  if (!listFields.includes(field)) return given.at(-1) ?? '';
  const items = given.flatMap((part) => part.split(',').map((item) => item.trim()));
  return items.length === 1 && items[0] === 'none' ? [] : items;
}

function severalOf(text: string): string | readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  return names.length === 1 ? text : names;
}

function valueOf(field: string, text: string | readonly string[]): unknown {
  if (typeof text !== 'string' || textFields.includes(field)) return text;
  if (booleanFields.includes(field)) return text === 'true';
  return numberPattern.test(text) ? Number(text) : text;
}
