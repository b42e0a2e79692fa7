/**
 * Reads NDJSON: one JSON object a line. A line that is no JSON is bad. An object in which neither an aggregate nor a
 * version is found is a line of something else.
 */
import { fieldIndex } from '../../domain/record/record-fields.js';
import { Fields } from '../fields.js';
import { excerptOf, type LineSink, type RecordReader } from '../reader.js';
import { JsonScanner } from './json-scanner.js';
import type { PathNode } from './path-tree.js';

const lineFeed = 0x0a;
/** Enough of a line to see the names of its fields. */
const sampleBytes = 16_384;
const carriageReturn = 0x0d;
const { aggregate: aggregateField, version: versionField } = fieldIndex;
const needed = (1 << aggregateField) | (1 << versionField);

export class NdjsonReader implements RecordReader {
  readonly #fields = new Fields();
  readonly #scanner: JsonScanner;
  readonly #sink: LineSink;
  #number = 0;
  #dropping = false;

  constructor(paths: PathNode, sink: LineSink) {
    this.#scanner = new JsonScanner(paths, this.#fields);
    this.#sink = sink;
  }

  read(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    const lastEnd = isLast ? to : bytes.lastIndexOf(lineFeed, to - 1) + 1;
    let at = from;
    if (this.#dropping) {
      const end = bytes.indexOf(lineFeed, at);
      if (end < 0 || end >= lastEnd) return to;
      this.#dropping = false;
      at = end + 1;
    }
    while (at < lastEnd) at = this.#line(bytes, at, lastEnd);
    return Math.max(at, from);
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
      else this.#incomplete(number, bytes, from, end);
      return end + 1;
    }
    const found = bytes.indexOf(lineFeed, from);
    const lineEnd = found < 0 || found >= to ? to : found;
    if (!isBlank(bytes, from, lineEnd)) this.#sink.bad(number, 'it is not JSON', excerptOf(bytes, from, lineEnd));
    return lineEnd + 1;
  }

  #incomplete(number: number, bytes: Uint8Array, from: number, end: number): void {
    const fields = this.#fields;
    if (!fields.has(aggregateField) && !fields.has(versionField)) {
      this.#sink.other(number, () => excerptOf(bytes, from, end, sampleBytes));
      return;
    }
    const lacks = !fields.has(versionField) ? 'version' : 'aggregate';
    this.#sink.bad(number, `it has no ${lacks}`, excerptOf(bytes, from, end));
  }
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte !== 0x20 && byte !== 0x09 && byte !== carriageReturn) return false;
  }
  return true;
}
