/** Says what the first lines of a record would become, and what is missing. */
import type { ExplainedLine, ExplainedMap } from '../../../domain/record/explained-map.js';
import { recordFields } from '../../../domain/record/record-fields.js';
import { listed } from '../../../text/lists.js';
import { plural } from '../../../text/numbers.js';

const textMost = 60;

export interface ExplainedEntry {
  readonly title: string;
  readonly text: string;
}

export function explainedTitle({ source, lines }: ExplainedMap): string {
  if (lines.length === 0) return `${source} is empty`;
  return `The first ${plural(lines.length, 'line')} of ${source}, as a check would read them`;
}

export function lineTitle({ kind, line }: ExplainedLine): string {
  if (kind === 'record') return `line ${line}`;
  return kind === 'bad' ? `line ${line}, which is bad` : `line ${line}, which is passed over`;
}

export function lineEntries(line: ExplainedLine): readonly ExplainedEntry[] {
  switch (line.kind) {
    case 'record':
      return line.fields.map(({ field, value, from }) => ({ title: field, text: `${short(value)}  (${from})` }));
    case 'other':
      return [{ title: 'has', text: `neither an aggregate nor a version: ${short(line.text)}` }];
    case 'bad':
      return [{ title: 'has', text: `${line.problem}: ${short(line.text)}` }];
  }
}

/** What no line has, and a map that may fit. */
export function missingTexts({ lines, proposed }: ExplainedMap): string[] {
  const seen = new Set(lines.flatMap((line) => (line.kind === 'record' ? line.fields.map(({ field }) => field) : [])));
  const absent = recordFields.filter((field) => !seen.has(field) && field !== 'order');
  return [
    ...(absent.length === 0 || lines.length === 0 ? [] : [`In none of these lines: ${listed(absent, 'and')}.`]),
    ...(seen.size > 0 && !seen.has('ev') ? ['A line without ev is a handling: the start of one.'] : []),
    ...(proposed === null ? [] : [`By the names in these lines, this map may fit: --map '${proposed}'`]),
  ];
}

function short(text: string): string {
  return text.length > textMost ? `${text.slice(0, textMost)}…` : text;
}
