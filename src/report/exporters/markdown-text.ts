/**
 * Writes text, tables and findings as GitHub's Markdown. Names and messages are escaped, so that none is taken as markup,
 * mentions somebody or breaks a table.
 */
import { markdownTable } from 'markdown-table';
import type { Outcome } from '../../domain/scenario/scenario.js';
import { printable } from '../../text/printable.js';
import type { Finding } from '../view/model/finding.js';
import type { Cell, Table } from '../view/model/table.js';

export const signs: Readonly<Record<Outcome, string>> = { ordered: '✓', violated: '✗', inconclusive: '?' };

export function finding(found: Finding): string {
  const sign = found.status === null ? '' : `${signs[found.status.outcome]} `;
  return `- ${sign}**${escaped(found.title)}**: ${escaped(found.text)}`;
}

/** The table without its detail columns, for which there is no room. */
export function tableOf<Id extends string>({ columns, rows }: Table<Id>): string {
  const shown = columns.filter(({ detailOf }) => detailOf === undefined);
  return markdownTable(
    [shown.map(({ title }) => escaped(title)), ...rows.map((row) => shown.map(({ id }) => cellOf(row[id])))],
    { align: shown.map(({ align }) => align) },
  );
}

function cellOf({ text, status, marks = [] }: Cell): string {
  return [...(status === undefined ? [] : [signs[status.outcome]]), escaped(text), ...marks].join(' ');
}

/**
 * The text on one line, with every character that GitHub's Markdown or HTML would interpret escaped: also what would begin
 * a list, a heading or a code block at its start, and what GitHub makes links of without any markup.
 */
export function escaped(text: string): string {
  const line = text.split(/\r?\n/).map(printable).join(' ').trim();
  return line
    .replace(/[\\`*_{}[\]<>|~&@#$]/g, '\\$&')
    .replace(/^[-+=]|(?<=^\d{1,9})[.)](?=\s|$)/, '\\$&')
    .replace(/:\/\//g, ':\\//')
    .replace(/(?<=www)\./gi, '\\.');
}

/** A command as a code block. */
export function codeBlock(text: string): string {
  return fenced('sh', [printable(text)]);
}

/** Lines that are kept as they are, fenced by more backticks than they have in sequence. */
export function fenced(language: string, lines: readonly string[]): string {
  const text = lines.join('\n');
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}
