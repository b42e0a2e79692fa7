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
function textOf(field: string, text: string | readonly string[]): string | readonly string[] | Swept {
  const given = [text].flat();
  if (field === 'sweep') return sweptOf(given);
  if (oneOrSeveralFields.includes(field)) return severalOf(given.join(','));
  if (!listFields.includes(field)) return given.at(-1) ?? '';
  const items = given.flatMap((part) => part.split(',').map((item) => item.trim()));
  return items.length === 1 && items[0] === 'none' ? [] : items;
}

type Swept = Readonly<Record<string, readonly string[]>>;

/** `topics=1,2,5` → `{ topics: ['1', '2', '5'] }`; as it is where it is not of that form. */
function sweptOf(given: readonly string[]): string | Swept {
  const parts = given.map((text) => /^\s*([A-Za-z-]+)\s*=(.*)$/s.exec(text));
  const wrong = parts.indexOf(null);
  if (wrong >= 0) return given[wrong]!;
  const swept: Record<string, string[]> = {};
  for (const [, name = '', values = ''] of parts as RegExpExecArray[]) {
    const field = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    (swept[field] ??= []).push(...values.split(',').map((value) => value.trim()));
  }
  return swept;
}

function severalOf(text: string): string | readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  return names.length === 1 ? text : names;
}

function valueOf(field: string, text: string | readonly string[] | Swept): unknown {
  if (typeof text !== 'string' || textFields.includes(field)) return text;
  if (booleanFields.includes(field)) return text === 'true';
  return numberPattern.test(text) ? Number(text) : text;
}
