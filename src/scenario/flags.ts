/**
 * Parses flags. The text of each becomes the value that a file would hold (`5` a number, `a,b` a list) and goes through
 * the file's schema, so both accept the same values and give the same errors.
 */
import { looks } from '../domain/scenario/fields/value.js';
import { declarationOf, isField } from './fields.js';
import type { FlagField } from './fields.js';
import { settingsError } from './problem.js';
import type { SettingsCommand } from './problem.js';
import { createScenarioSchema } from './schema.js';
import type { ScenarioSettings } from './settings.js';

/** Flags as typed; a flag that may be repeated has one text for each time. */
export type ScenarioFlags = Readonly<Partial<Record<FlagField, string | readonly string[]>>>;

const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @throws {UsageError} naming the flag, its value and what is allowed */
export function parseFlags(
  flags: ScenarioFlags,
  strategies: readonly string[],
  command?: SettingsCommand,
): ScenarioSettings {
  const typed = Object.fromEntries(Object.entries(flags).map(([field, text]) => [field, textOf(field, text)]));
  const values = Object.fromEntries(Object.entries(typed).map(([field, text]) => [field, valueOf(field, text)]));
  const result = createScenarioSchema(strategies).safeParse(values);
  if (!result.success) throw settingsError(result.error.issues, typed, { kind: 'flags', command });
  return result.data;
}

/** The items of a list; else the text that was given last. */
function textOf(field: string, text: string | readonly string[]): string | readonly string[] | Swept {
  const given = [text].flat();
  switch (typingOf(field)) {
    case 'map':
      return sweptOf(given);
    case 'names':
      return severalOf(given.join(','));
    case 'list':
      return listOf(given);
    case 'one':
    case 'text':
    case 'switch':
      return given.at(-1) ?? '';
  }
}

/** A field that is not known is refused later, whatever it is typed as. */
function typingOf(field: string): (typeof looks)[keyof typeof looks]['typed'] {
  return isField(field) ? looks[declarationOf(field).value.kind].typed : 'one';
}

/** Empty for `none`. */
function listOf(given: readonly string[]): readonly string[] {
  const items = given.flatMap((part) => part.split(',').map((item) => item.trim()));
  return items.length === 1 && items[0] === 'none' ? [] : items;
}

type Swept = Readonly<Record<string, readonly string[]>>;

/** `topics=1,2,5` → `{ topics: ['1', '2', '5'] }`; a text that is not of that form is returned as it is. */
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
  const typing = typingOf(field);
  if (typeof text !== 'string' || typing === 'text') return text;
  if (typing === 'switch') return text === 'true';
  return numberPattern.test(text) ? Number(text) : text;
}
