/** What NDJSON says, line by line: a bad line is no JSON object, or has one of aggregate and version only. */
import type { Taken } from '../read-in-pieces.js';
import { slowJson, slowText } from './json.js';

export type Steps = readonly (string | number)[];

export interface SlowPlaces {
  readonly aggregate: Steps;
  readonly version: Steps;
  readonly topic: Steps | { readonly constant: string };
}

/** Pieces between line feeds; the last one only if it has bytes. */
export function linesOf(content: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let from = 0;
  for (let at = content.indexOf(10); at >= 0; at = content.indexOf(10, from)) {
    lines.push(content.subarray(from, at));
    from = at + 1;
  }
  return from < content.length ? [...lines, content.subarray(from)] : lines;
}

export function slowNdjson(lines: readonly Buffer[], places: SlowPlaces): Taken[] {
  return lines.flatMap((line, index) => {
    const taken = takenOf(line, index + 1, places);
    return taken === null ? [] : [taken];
  });
}

/** @returns null: it is empty */
function takenOf(line: Buffer, number: number, places: SlowPlaces): Taken | null {
  if (/^[ \t\r]*$/.test(line.toString('latin1'))) return null;
  const value = slowJson(line);
  if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { kind: 'bad', number };
  }
  const topic = 'constant' in places.topic ? places.topic.constant : slowText(value, places.topic);
  return classed(number, slowText(value, places.aggregate), slowText(value, places.version), topic);
}

export function classed(
  number: number,
  aggregate: string | undefined,
  version: string | undefined,
  topic: string | undefined,
): Taken {
  if (aggregate === undefined && version === undefined) return { kind: 'other', number };
  if (aggregate === undefined || version === undefined) return { kind: 'bad', number };
  return { kind: 'line', number, aggregate, version, ...(topic !== undefined && { topic }) };
}

/** A mark at the beginning, which says that text is UTF-8, is no part of the record. */
export function withoutMark(content: Buffer): Buffer {
  return content.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf)) ? content.subarray(3) : content;
}
