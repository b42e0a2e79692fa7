/**
 * Writes histories as CSV: columns shuffled, by other names and among others that mean nothing; keys and cells with
 * delimiters, quotes and line ends.
 */
import type { Prng } from '../../../../src/runtime/ports.js';
import type { HistoryLine } from '../history.js';
import { fieldsIn, pick, shuffled, type Writer } from './writer.js';

const delimiters = [',', ';', '\t'] as const;
const notes = ['', 'plain', 'a, b; c\td', 'say "so"', 'over\ntwo lines', 'over\r\ntwo\r\n', '"', '""', '7,8', 'ünï ☃'];
/** What stands behind the number of an aggregate, by that number, so that keys need quotes. */
const endings = [', Ltd; "so"', '\nsecond line', '\tü', ''];

export const csv: Writer = (lines, prng) => {
  const delimiter = pick(delimiters, prng);
  const lineEnd = prng.float() < 0.5 ? '\n' : '\r\n';
  const columns = shuffled([...fieldsIn(lines), 'note', 'other, "one"'], prng);
  const cell = (text: string): string => cellOf(text, delimiter, prng);
  const row = (cells: readonly string[]): string => `${cells.map(cell).join(delimiter)}${lineEnd}`;
  const header = columns.map((name) => ({ aggregate: 'Order Id', version: 'Seq;No' })[name] ?? name);
  const rows = lines.map(
    (line) =>
    row(columns.map((name) => (name in line ? textOf(line, name as keyof HistoryLine) : pick(notesOf(name), prng)))), // prettier-ignore
  );
  return { text: [row(header), ...rows].join(''), map: 'aggregate=Order Id,version=Seq;No' };
};

/** A field that a line does not have is an empty cell. */
function notesOf(column: string): readonly string[] {
  return column.startsWith('note') || column.startsWith('other') ? notes : [''];
}

function textOf(line: HistoryLine, field: keyof HistoryLine): string {
  const text = String(line[field]);
  return field === 'aggregate' ? `${text}${endings[Number(text.at(-1)) % endings.length]!}` : text;
}

/** Quoted where it has to be, and at random where not. */
function cellOf(text: string, delimiter: string, prng: Prng): string {
  const mustBeQuoted = text.includes(delimiter) || /["\r\n]/.test(text);
  return mustBeQuoted || prng.float() < 0.3 ? `"${text.replaceAll('"', '""')}"` : text;
}
