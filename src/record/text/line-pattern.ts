/**
 * A pattern for lines of text, with a named group for each field. It is matched by RE2, which takes time in proportion
 * to the line whatever the pattern is, and therefore has no look-around and no back-references.
 */
import { RE2JS, RE2JSSyntaxException } from 're2js';
import { UsageError } from '../../domain/errors.js';
import { fieldIndex, recordFields, type RecordField } from '../../domain/record/record-fields.js';
import { listed } from '../../text/lists.js';
import type { Fields } from '../fields.js';
import type { FieldMap } from '../map/parse-map.js';
import { nameOf, writtenSource } from '../map/source-names.js';

const wayOut = "such as --pattern 'order=(?<aggregate>\\S+) seq=(?<version>\\d+)'";

export class LinePattern {
  readonly #pattern: RE2JS;
  /** The number of a field, and of the group that it is read from. */
  readonly #groups: readonly (readonly [field: number, group: number])[];

  /** @throws {UsageError} if it is no pattern, needs what RE2 lacks, or has no group for a field that is needed */
  constructor(source: string, map: FieldMap) {
    this.#pattern = compiled(source);
    this.#groups = groupsOf(this.#pattern.namedGroups(), map);
  }

  /** Reads the fields of a line, which are not cleared. @returns whether the line matches */
  match(line: string, fields: Fields): boolean {
    const matcher = this.#pattern.matcher(line);
    if (!matcher.find()) return false;
    for (const [field, group] of this.#groups) {
      const text = matcher.group(group);
      if (text !== null && text !== '') fields.setText(field, text);
    }
    return true;
  }
}

function compiled(source: string): RE2JS {
  const lacking = unsupported(source);
  if (lacking !== null) {
    throw new UsageError(
      `--pattern has ${lacking}, which RE2 does not have: it would make the time for a line unbounded`,
      'say it without: match what is around the fields as well, and name only the fields as groups',
    );
  }
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source));
  } catch (cause) {
    if (!(cause instanceof RE2JSSyntaxException)) throw cause;
    const problem = cause.message.replace(/^error parsing regexp: /u, '');
    throw new UsageError(`--pattern cannot be read: ${problem}`, wayOut, { cause });
  }
}

/** What a pattern of ECMAScript has that RE2 lacks; null: nothing. */
function unsupported(source: string): string | null {
  const unescaped = source.replaceAll(/\\[^1-9k]/gu, '');
  if (/\(\?<?[=!]/u.test(unescaped))
    return unescaped.includes('(?<') && /\(\?<[=!]/u.test(unescaped) ? 'a look-behind' : 'a look-ahead';
  return /\\(?:[1-9]|k<)/u.test(unescaped) ? 'a back-reference' : null;
}

function groupsOf(groups: Readonly<Record<string, number>>, map: FieldMap): (readonly [number, number])[] {
  const names = Object.keys(groups);
  const found: (readonly [number, number])[] = [];
  for (const field of recordFields) {
    const mapped = map.get(field);
    if (mapped?.kind === 'constant') continue;
    const name = mapped === undefined ? field : nameOf(mapped);
    const group = name === null ? undefined : groups[name];
    if (group !== undefined) found.push([fieldIndex[field], group]);
    else if (mapped !== undefined) {
      throw new UsageError(`--map ${field}=${writtenSource(mapped)}: --pattern has no such group`, groupsText(names));
    }
  }
  const lacking = (['aggregate', 'version'] as const).filter((field) => !has(field, found, map));
  if (lacking.length === 0) return found;
  throw new UsageError(
    `--pattern has no group ${listed(lacking, 'and')}`,
    names.length === 0
      ? wayOut
      : `${groupsText(names)}; name them so, or say which they are: --map ${lacking[0]!}=${names[0]!}`,
  );
}

function has(field: RecordField, found: readonly (readonly [number, number])[], map: FieldMap): boolean {
  return map.get(field)?.kind === 'constant' || found.some(([index]) => index === fieldIndex[field]);
}

function groupsText(names: readonly string[]): string {
  return names.length === 0 ? wayOut : `its groups are ${listed(names, 'and')}`;
}
