/**
 * Writes the names and constants that a user gives as SQL. A name is words with points between: `db.events`, `payload.orderId`. A
 * word in double quotes is taken as it is, points included, with a double quote in it written twice; a point before the
 * first word is left out, as paths into a record begin with one. Each word becomes a quoted identifier, so that no name
 * can be anything but a name. A constant stands in single quotes, with one in it written twice.
 */
import { UsageError } from '../domain/errors.js';
import { printable } from '../text/printable.js';
import type { Dialect } from './dialect.js';

/** One word of a name: in double quotes, or without points and quotes. */
const word = '"(?:[^"]|"")+"|[^."]+';
const wholeName = new RegExp(`^\\.?(?:${word})(?:\\.(?:${word}))*$`);

/** What DuckDB takes for a file, by its reader. */
const readers: readonly {
  readonly ending: RegExp;
  readonly read: (file: string, texts: readonly string[]) => string;
}[] = [
  { ending: /\.(?:ndjson|jsonl|json)(?:\.gz|\.zst)?$/i, read: (file) => `read_json_auto(${file})` },
  {
    ending: /\.(?:csv|tsv)(?:\.gz|\.zst)?$/i,
    read: (file, texts) => `read_csv(${file}, types = {${texts.join(', ')}})`,
  },
  { ending: /\.parquet$/i, read: (file) => `read_parquet(${file})` },
];

/**
 * @param flag that the name was given with, for the message
 * @throws {UsageError} if it is no name
 */
export function quotedName(name: string, flag: string, { quoted }: Dialect): string {
  return wordsOf(name, flag).map(quoted).join('.');
}

/**
 * A column of the table `log`, or a constant.
 * @param flag that it was given with, for the message
 * @throws {UsageError} if it is neither
 */
export function quotedSource(source: string, flag: string, dialect: Dialect): string {
  if (!isConstant(source)) return `log.${quotedName(source, flag, dialect)}`;
  const text = source.slice(1, -1).replaceAll("''", "'");
  if (isPlain(text)) return dialect.text(text);
  throw new UsageError(`${flag} ${printable(source)} has a control character in it`, 'leave it out, or map a column');
}

function isConstant(source: string): boolean {
  return source.startsWith("'");
}

/**
 * The table, as it stands behind FROM.
 * @param texts columns of a CSV file that are read as text, so that 007 and 7 stay two keys
 * @throws {UsageError} if it is no name, or a file that the engine does not read by its name
 */
export function quotedTable(table: string, dialect: Dialect, texts: readonly string[]): string {
  const reader = readers.find(({ ending }) => ending.test(table));
  if (dialect.readsFiles && reader !== undefined && isPlain(table)) {
    return reader.read(
      literal(table),
      texts.filter((name) => !isConstant(name)).flatMap((name) => typeOf(wordsOf(name, '--map'))),
    );
  }
  if (table.includes('/') && !table.includes('"')) throw noTable(table, dialect);
  return quotedName(table, '--table', dialect);
}

function noTable(table: string, dialect: Dialect): UsageError {
  const message = `--table ${printable(table)} is the path of a file`;
  if (!dialect.readsFiles) return new UsageError(message, `load it into a table of ${dialect.name} and name that`);
  return new UsageError(
    `${message} whose format its ending does not tell`,
    'known endings are .ndjson, .jsonl, .json, .csv, .tsv and .parquet; or load it into a table and name that',
  );
}

/** @throws {UsageError} */
function wordsOf(name: string, flag: string): readonly string[] {
  if (!wholeName.test(name) || !isPlain(name)) {
    throw new UsageError(
      `${flag} "${printable(name)}" is not a name`,
      'write it as name or outer.inner; a word with points in it stands in double quotes: outer."in.ner"',
    );
  }
  return [...name.matchAll(new RegExp(word, 'g'))].map(([found]) =>
    found.startsWith('"') ? found.slice(1, -1).replaceAll('""', '"') : found,
  );
}

/** A column of a CSV file has no parts. */
function typeOf(words: readonly string[]): readonly string[] {
  return words.length === 1 ? [`${literal(words[0]!)}: 'VARCHAR'`] : [];
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Without the characters that no name has, and that would end a line of the query. */
function isPlain(name: string): boolean {
  return !/[\p{Cc}\u2028\u2029]/u.test(name);
}
