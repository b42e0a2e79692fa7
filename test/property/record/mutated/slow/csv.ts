/** What CSV says by RFC 4180, row by row, found by one pattern for a row. Texts have a character for each byte. */
import type { Taken } from '../read-in-pieces.js';
import { classed } from './ndjson.js';

/** @param content what follows the header  @param columns their names */
export function slowCsv(content: Buffer, columns: readonly string[], delimiter: string): Taken[] {
  const text = content.toString('latin1');
  const end = String.raw`(?=${delimiter}|\r?\n|\r?$)`;
  const cell = String.raw`(?:"(?:[^"]|"")*"${end}|(?!")[^${delimiter}\n]*)`;
  const row = new RegExp(String.raw`${cell}(?:${delimiter}${cell})*(?:\r?\n|\r?$)`, 'y');
  const cellAt = new RegExp(String.raw`"((?:[^"]|"")*)"${end}|((?!")[^${delimiter}\n]*)`, 'y');
  const taken: Taken[] = [];
  let number = 2;
  for (let at = 0; at < text.length;) {
    row.lastIndex = at;
    const [found] = row.exec(text) ?? [];
    if (found === undefined) {
      taken.push({ kind: 'bad', number: number++ });
      const lineEnd = text.indexOf('\n', at);
      at = lineEnd < 0 ? text.length : lineEnd + 1;
      continue;
    }
    const one = takenOf(cellsOf(found.replace(/\n$/, ''), cellAt), number, found, columns);
    if (one !== null) taken.push(one);
    number += Math.max(1, found.split('\n').length - 1);
    at += found.length;
  }
  return taken;
}

function cellsOf(row: string, cellAt: RegExp): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= row.length;) {
    cellAt.lastIndex = at;
    const [found = '', quoted, plain = ''] = cellAt.exec(row) ?? [];
    at += found.length + 1;
    const isLast = at > row.length;
    cells.push(quoted === undefined ? (isLast ? plain.replace(/\r$/, '') : plain) : quoted.replaceAll('""', '"'));
    if (quoted !== undefined && row[at - 1] === '\r' && at === row.length) break;
  }
  return cells;
}

/** @returns null: an empty line */
function takenOf(cells: readonly string[], number: number, row: string, columns: readonly string[]): Taken | null {
  if (cells.length === 1 && /^[ \t\r\n]*$/.test(row)) return null;
  if (cells.length !== columns.length || row.includes('\0')) return { kind: 'bad', number };
  const at = (name: string): string | undefined => {
    const cell = cells[columns.indexOf(name)];
    return cell === '' ? undefined : cell;
  };
  return classed(number, at('aggregate'), at('version'), at('topic'));
}
