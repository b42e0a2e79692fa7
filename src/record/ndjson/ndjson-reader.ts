/**
 * Reads NDJSON: one JSON object a line. A line that is no JSON is bad. An object in which neither an aggregate nor a
 * version is found is a line of something else.
 */
import { fieldIndex, type RecordField } from '../../domain/record/record-fields.js';
import { Fields } from '../fields.js';
import { handOn } from '../hand-on.js';
import { excerptOf, type LineSink, type RecordReader } from '../reader.js';
import { JsonScanner } from './json-scanner.js';
import type { PathNode } from './path-tree.js';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const { aggregate: aggregateField, version: versionField } = fieldIndex;
const needed = (1 << aggregateField) | (1 << versionField);

export class NdjsonReader implements RecordReader {
  readonly #fields: Fields;
  readonly #scanner: JsonScanner;
  readonly #sink: LineSink;
  #number = 0;
  #dropping = false;

  /** @param constants fields that are the same in every line */
  constructor(paths: PathNode, constants: ReadonlyMap<RecordField, string>, sink: LineSink) {
    this.#fields = new Fields(constants);
    this.#scanner = new JsonScanner(paths, this.#fields);
    this.#sink = sink;
  }

  /** Lines that were read, blank ones included. */
  get lines(): number {
    return this.#number;
  }

  /** What is read next stands behind so many lines. */
  startBehind(lines: number): void {
    this.#number = lines;
  }

  read(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    // From -1 on, lastIndexOf would search what is behind the end.
    if (to === from) return to;
    const lastEnd = isLast ? to : bytes.lastIndexOf(lineFeed, to - 1) + 1;
    let at = from;
    if (this.#dropping) {
      const end = bytes.indexOf(lineFeed, at);
      if (end < 0 || end >= lastEnd) return to;
      this.#dropping = false;
      at = end + 1;
    }
    while (at < lastEnd) at = this.#line(bytes, at, lastEnd);
    return Math.min(Math.max(at, from), to);
  }

  dropLine(bytes: Uint8Array, from: number, to: number): void {
    this.#sink.bad(++this.#number, 'it is too long', excerptOf(bytes, from, to));
    this.#dropping = true;
  }

  /** @returns where the next line begins */
  #line(bytes: Uint8Array, from: number, to: number): number {
    const number = ++this.#number;
    const fields = this.#fields;
    fields.clear();
    const end = this.#scanner.scan(bytes, from, to);
    if (end >= 0 && (end === to || bytes[end] === lineFeed)) {
      if ((fields.mask & needed) === needed) this.#sink.line(fields, number);
      else handOn(this.#sink, fields, number, (most) => excerptOf(bytes, from, end, most));
      return end + 1;
    }
    const found = bytes.indexOf(lineFeed, from);
    const lineEnd = found < 0 || found >= to ? to : found;
    if (!isBlank(bytes, from, lineEnd)) this.#sink.bad(number, 'it is not JSON', excerptOf(bytes, from, lineEnd));
    return lineEnd + 1;
  }
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte !== 0x20 && byte !== 0x09 && byte !== carriageReturn) return false;
  }
  return true;
}
