/**
 * Reads `--map`: where the fields of a record are found in somebody's own lines.
 *
 * `aggregate=.payload.orderId,version=.seq,topic='orders'`: paths into JSON (`.a.b[0]`, `.["a.b"]`), constants in
 * single quotes, names of columns or of groups (`aggregate=OrderId`), and attributes of a span (`version=attr:seq`).
 */
import { closest } from 'fastest-levenshtein';
import { recordFields, type RecordField } from '../../domain/record/record-fields.js';
import { UsageError } from '../../domain/errors.js';

export type FieldSource =
  | { readonly kind: 'path'; readonly steps: readonly (string | number)[] }
  | { readonly kind: 'constant'; readonly text: string }
  /** The name of a column, of a group of a pattern, or of a key at the top of a line. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly name: string };

export type FieldMap = ReadonlyMap<RecordField, FieldSource>;

const wayOut = "such as --map aggregate=.payload.orderId,version=.seq,topic='orders'";

/** @throws {UsageError} for an unknown field, one that is given twice, or a source that cannot be read */
export function parseMap(text: string): FieldMap {
  const map = new Map<RecordField, FieldSource>();
  for (const part of splitAtCommas(text)) {
    const equals = part.indexOf('=');
    if (equals < 0) throw new UsageError(`--map ${part}: it says no source`, wayOut);
    const field = fieldOf(part.slice(0, equals).trim());
    if (map.has(field)) throw new UsageError(`--map names ${field} twice`, wayOut);
    map.set(field, parseSource(part.slice(equals + 1).trim(), field));
  }
  return map;
}

function fieldOf(name: string): RecordField {
  const field = recordFields.find((candidate) => candidate === name);
  if (field !== undefined) return field;
  const near = closest(name, recordFields);
  throw new UsageError(
    `--map ${name}=…: a record has no field ${name}`,
    `did you mean ${near}? The fields are ${recordFields.join(', ')}`,
  );
}

function parseSource(text: string, field: RecordField): FieldSource {
  if (text === '') throw new UsageError(`--map ${field}=: it says no source`, wayOut);
  if (text.startsWith("'")) {
    if (text.length < 2 || !text.endsWith("'")) {
      throw new UsageError(`--map ${field}=${text}: the quote does not end`, wayOut);
    }
    return { kind: 'constant', text: text.slice(1, -1).replaceAll("''", "'") };
  }
  if (text.startsWith('attr:')) return { kind: 'attribute', name: text.slice('attr:'.length) };
  if (text.startsWith('.')) return { kind: 'path', steps: parsePath(text, field) };
  return { kind: 'name', name: text };
}

const step = /\.\["((?:[^"\\]|\\.)*)"\]|\["((?:[^"\\]|\\.)*)"\]|\.([^.[\]"']+)|\[(\d+)\]/uy;

function parsePath(text: string, field: RecordField): (string | number)[] {
  const steps: (string | number)[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < text.length) {
    const at = step.lastIndex;
    const [matched, dotted, bracketed, plain, index] = step.exec(text) ?? [];
    if (matched === undefined) {
      throw new UsageError(
        `--map ${field}=${text}: the path cannot be read from ${text.slice(at)} on`,
        'a path is written as .a.b[0], or .["a.b"] for a key with a dot',
      );
    }
    if (index !== undefined) steps.push(Number(index));
    else steps.push(plain ?? unquoted(dotted ?? bracketed ?? '', field));
  }
  return steps;
}

function unquoted(text: string, field: RecordField): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch (cause) {
    throw new UsageError(`--map ${field}: "${text}" is no JSON string`, wayOut, { cause });
  }
}

/** Commas within quotes or brackets belong to a source. */
function splitAtCommas(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quote = '';
  for (const letter of text) {
    if (quote === '' && letter === ',') {
      parts.push(part);
      part = '';
      continue;
    }
    if (quote === '' && (letter === "'" || letter === '"')) quote = letter;
    else if (letter === quote) quote = '';
    part += letter;
  }
  return [...parts, part].map((one) => one.trim()).filter((one) => one !== '');
}
