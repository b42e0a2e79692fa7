/**
 * Checks the fields of a line by hand, with one function for each kind of value, because there may be ten million
 * lines. What does not fit throws a {@link LineProblem} that says what was expected.
 */

/** A line does not fit the format of a trace. The message completes `line 57: …`. */
export class LineProblem extends Error {
  override readonly name = 'LineProblem';
}

export type Fields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws {LineProblem} */
export function objectAt(fields: Fields, name: string): Fields {
  const value = fields[name];
  if (!isObject(value)) throw expected(name, 'an object', value);
  return value;
}

/** @throws {LineProblem} */
export function integerAt(fields: Fields, name: string, least: number): number {
  const value = fields[name];
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw expected(name, `an integer from ${least} up`, value);
  }
  return value;
}

/** The integer; `absent` if the field is missing or null. @throws {LineProblem} */
export function optionalIntegerAt<Absent>(
  fields: Fields,
  name: string,
  least: number,
  absent: Absent,
): number | Absent {
  const value = fields[name];
  return value === undefined || value === null ? absent : integerAt(fields, name, least);
}

/** A wall time: whole microseconds in the trace, returned in milliseconds. @throws {LineProblem} */
export function millisecondsAt(fields: Fields, name: string): number {
  return integerAt(fields, name, Number.MIN_SAFE_INTEGER) / 1_000;
}

/** @throws {LineProblem} */
export function numberAt(fields: Fields, name: string): number {
  const value = fields[name];
  if (typeof value !== 'number') throw expected(name, 'a number', value);
  return value;
}

/** @throws {LineProblem} */
export function booleanAt(fields: Fields, name: string): boolean {
  const value = fields[name];
  if (typeof value !== 'boolean') throw expected(name, 'true or false', value);
  return value;
}

/** @throws {LineProblem} */
export function stringAt(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw expected(name, 'a string', value);
  return value;
}

/** @throws {LineProblem} */
export function stringsAt(fields: Fields, name: string): readonly string[] {
  const value = fields[name];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
    throw expected(name, 'a list of strings', value);
  }
  return value;
}

/** @throws {LineProblem} */
export function oneOfAt<Word extends string>(fields: Fields, name: string, words: readonly Word[]): Word {
  const value = fields[name];
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw expected(name, words.join(' or '), value);
  return word;
}

/** The text, or null where it is null. @throws {LineProblem} */
export function nullableStringAt(fields: Fields, name: string): string | null {
  return fields[name] === null ? null : stringAt(fields, name);
}

/** The number, or null where it is null. @throws {LineProblem} */
export function nullableNumberAt(fields: Fields, name: string): number | null {
  return fields[name] === null ? null : numberAt(fields, name);
}

function expected(name: string, what: string, value: unknown): LineProblem {
  return new LineProblem(`"${name}" should be ${what}, but it is ${asFound(value)}`);
}

/** A value of a line as a message shows it. */
export function asFound(value: unknown): string {
  return value === undefined ? 'missing' : shorten(JSON.stringify(value));
}

/** The beginning of a text that may be anything, fit for one line of a message. */
export function shorten(text: string, length = 40): string {
  const printable = text.replaceAll(/[^\x20-\x7e]/g, '·');
  return printable.length <= length ? printable : `${printable.slice(0, length)}…`;
}
