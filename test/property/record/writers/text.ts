/** Writes histories as lines of a log, their fields in any order, with lines of something else between them. */
import type { HistoryLine } from '../history.js';
import { fieldsIn, pick, shuffled, type Writer } from './writer.js';

const noise = ['listening on 8080', 'ev=<start> order=<x', '', 'WARN  "version" = 7'];
/** What a field looks like in a line, as a pattern. */
const patterns: Partial<Readonly<Record<keyof HistoryLine, string>>> = {
  aggregate: '[^>]*',
  version: '-?\\d+',
  position: '\\d+',
  partition: '\\d+',
};

/** A field that a line does not have is a dash. */
export const text: Writer = (lines, prng) => {
  const fields = shuffled(fieldsIn(lines), prng);
  const lineEnd = prng.float() < 0.5 ? '\n' : '\r\n';
  const written = lines.flatMap((line) => {
    const body = fields.map((field) => (field in line ? `${field}=<${String(line[field])}>` : `${field}=-`)).join(' ');
    return [...(prng.float() < 0.2 ? [pick(noise, prng)] : []), `12:00:00 INFO ünï ${body}, done`];
  });
  const groups = fields.map((field) => `${field}=(?:<(?<${nameOf(field)}>${patterns[field] ?? '[^> ]+'})>|-)`);
  return {
    text: written.map((line) => `${line}${lineEnd}`).join(''),
    map: 'aggregate=key',
    pattern: `INFO \\S+ ${groups.join(' ')}, done$`,
    others: written.filter((line) => line !== '' && noise.includes(line)).length,
  };
};

function nameOf(field: keyof HistoryLine): string {
  return field === 'aggregate' ? 'key' : field;
}
