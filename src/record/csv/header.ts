/** Reads the first row of a CSV file: its delimiter, and which column has which field. */
import { closest } from 'fastest-levenshtein';
import { UsageError } from '../../domain/errors.js';
import { fieldIndex, recordFields } from '../../domain/record/record-fields.js';
import { listed } from '../../text/lists.js';
import { nameOf, writtenSource } from '../map/source-names.js';
import type { FieldMap } from '../map/parse-map.js';
import { proposeMap } from '../map/propose.js';

const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

export interface Header {
  readonly delimiter: Delimiter;
  /** By column: the numbers of the fields that are read from it. */
  readonly fieldsOf: readonly (readonly number[])[];
}

/**
 * @param text the first row, without its end
 * @throws {UsageError} if a column that is asked for is not there or there twice, or there is none for a required field
 */
export function readHeader(text: string, map: FieldMap, source: string): Header {
  const delimiter = delimiterOf(text);
  const columns = cellsOf(text, delimiter);
  const fieldsOf: number[][] = columns.map(() => []);
  for (const field of recordFields) {
    const mapped = map.get(field);
    if (mapped?.kind === 'constant') continue;
    const name = mapped === undefined ? field : nameOf(mapped);
    const column = columns.findIndex((candidate) => candidate === name);
    if (column < 0) {
      if (mapped !== undefined) throw noColumn(`${field}=${writtenSource(mapped)}`, name ?? '', columns, source);
      if (field === 'aggregate' || field === 'version') throw noRequired(columns, map, source);
      continue;
    }
    if (columns.indexOf(columns[column]!, column + 1) > 0) {
      throw new UsageError(`${source} has several columns ${columns[column]!}`, 'give each column a name of its own');
    }
    fieldsOf[column]!.push(fieldIndex[field]);
  }
  return { delimiter, fieldsOf };
}

/** The delimiter that is in the header most often, outside of quotes. */
function delimiterOf(text: string): Delimiter {
  const unquoted = text.replaceAll(/"(?:[^"]|"")*"/gu, '');
  const times = (delimiter: string): number => unquoted.split(delimiter).length;
  return delimiters.reduce((best, one) => (times(one) > times(best) ? one : best), delimiters[0]);
}

function cellsOf(text: string, delimiter: Delimiter): string[] {
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const letter of text) {
    if (letter === '"') isQuoted = !isQuoted;
    if (letter === delimiter && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell].map((one) => {
    const trimmed = one.trim();
    return /^".*"$/su.test(trimmed) ? trimmed.slice(1, -1).replaceAll('""', '"') : trimmed;
  });
}

function noColumn(asked: string, name: string, columns: readonly string[], source: string): UsageError {
  const near = columns.length > 1 && name !== '' ? closest(name, columns) : null;
  const same = columns.find((column) => column.toLowerCase() === name.toLowerCase()) ?? near;
  return new UsageError(
    `--map ${asked}: ${source} has no such column`,
    `${same === null ? '' : `did you mean ${same}? `}Its columns are ${listed(columns, 'and')}`,
  );
}

function noRequired(columns: readonly string[], map: FieldMap, source: string): UsageError {
  const lacking = (['aggregate', 'version'] as const).filter((field) => !map.has(field) && !columns.includes(field));
  const proposed = proposeMap([columns.map((name) => ({ source: name, name, value: 1 }))]);
  const fields = lacking.flatMap((field) => {
    const from = proposed.fields.get(field);
    return from === undefined ? [] : [`${field}=${from}`];
  });
  const isWhole = fields.length === lacking.length;
  const others = [...map].map(([field, from]) => `${field}=${writtenSource(from)}`);
  return new UsageError(
    `${source}, read as CSV, has no column ${listed(lacking, 'and')}: its columns are ${listed(columns, 'and')}`,
    isWhole
      ? `by the names they may be these: --map '${[...fields, ...others].join(',')}'`
      : 'say which they are: --map aggregate=Order,version=Seq; for lines of text there is --pattern',
  );
}
