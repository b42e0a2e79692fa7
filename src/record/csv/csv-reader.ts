/**
 * Reads CSV with a header. A row with another number of cells than the header, or with a quote that does not end, is
 * bad, and reading goes on at the next line. An empty cell says nothing. Lines are counted as an editor counts them.
 */
import type { RecordField } from '../../domain/record/record-fields.js';
import { Fields } from '../fields.js';
import { handOn } from '../hand-on.js';
import type { FieldMap } from '../map/parse-map.js';
import { excerptOf, type LineSink, type RecordReader } from '../reader.js';
import { readHeader, type Header } from './header.js';
import { RowScanner } from './row-scanner.js';

const lineFeed = 0x0a;
const quote = 0x22;
/** Space, tab and line ends. */
const blanks: readonly number[] = [0x20, 0x09, 0x0d, 0x0a];
/** A quote that is open for longer is taken for one that was never closed. */
const longestQuotedBytes = 16 * 1_048_576;

export interface CsvOptions {
  readonly source: string;
  readonly map: FieldMap;
  readonly constants: ReadonlyMap<RecordField, string>;
}

export class CsvReader implements RecordReader {
  readonly #options: CsvOptions;
  readonly #sink: LineSink;
  readonly #fields: Fields;
  #header: Header | null = null;
  #scanner: RowScanner | null = null;
  /** Lines that were read. */
  #lines = 0;
  #dropping = false;
  #hasNul = false;

  constructor(options: CsvOptions, sink: LineSink) {
    this.#options = options;
    this.#fields = new Fields(options.constants);
    this.#sink = sink;
  }

  /** @throws {UsageError} if the header lacks a column */
  read(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    const nul = bytes.indexOf(0, from);
    this.#hasNul = nul >= 0 && nul < to;
    let at = from;
    while (at < to) {
      const next = this.#dropping ? this.#dropped(bytes, at, to) : this.#next(bytes, at, to, isLast);
      if (next < 0) break;
      at = next;
    }
    return Math.min(at, to);
  }

  dropLine(bytes: Uint8Array, from: number, to: number): void {
    this.#sink.bad(++this.#lines, 'it is too long', excerptOf(bytes, from, to));
    this.#dropping = true;
  }

  /** @returns where the next row begins; -1: more is needed */
  #next(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    const scanner = this.#scanner;
    if (scanner === null) return this.#readHeader(bytes, from, to, isLast);
    this.#fields.clear();
    const next = scanner.scan(bytes, from, to, isLast);
    const isUnclosed = scanner.state === 'open-quote' && (isLast || to - from > longestQuotedBytes);
    if (scanner.state === 'malformed' || isUnclosed) {
      this.#sink.bad(++this.#lines, 'a quote in it does not end where its cell ends', lineAt(bytes, from, to));
      return this.#dropped(bytes, from, to);
    }
    if (scanner.state !== 'whole') return -1;
    const number = this.#lines + 1;
    this.#lines = number + scanner.lineEnds;
    this.#row(bytes, from, next, number);
    return next;
  }

  #row(bytes: Uint8Array, from: number, next: number, number: number): void {
    const { cells } = this.#scanner!;
    const columns = this.#header!.fieldsOf.length;
    if (cells === 1 && columns > 1 && isBlank(bytes, from, next)) return;
    const text = (most: number): string => excerptOf(bytes, from, withoutEnd(bytes, from, next), most);
    if (cells !== columns)
      return this.#sink.bad(number, `it has ${cells} cells, and the header has ${columns}`, text(120));
    if (this.#hasNul && hasNul(bytes, from, next)) return this.#sink.bad(number, 'it has NUL bytes', text(120));
    handOn(this.#sink, this.#fields, number, text);
  }

  /** Skips up to the end of a line. */
  #dropped(bytes: Uint8Array, from: number, to: number): number {
    const end = bytes.indexOf(lineFeed, from);
    this.#dropping = end < 0 || end >= to;
    return this.#dropping ? to : end + 1;
  }

  #readHeader(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    let isQuoted = false;
    let at = from;
    for (; at < to && (isQuoted || bytes[at] !== lineFeed); at++) if (bytes[at] === quote) isQuoted = !isQuoted;
    if (at >= to && !isLast) return -1;
    const text = Buffer.from(bytes.subarray(from, at)).toString('utf8');
    this.#lines += text.split('\n').length;
    if (text.trim() === '') return at + 1;
    const { map, source } = this.#options;
    this.#header = readHeader(text, map, source);
    this.#scanner = new RowScanner(this.#header, this.#fields);
    return at + 1;
  }
}

function lineAt(bytes: Uint8Array, from: number, to: number): string {
  const end = bytes.indexOf(lineFeed, from);
  return excerptOf(bytes, from, end < 0 || end > to ? to : end);
}

function withoutEnd(bytes: Uint8Array, from: number, next: number): number {
  let end = next;
  while (end > from && (bytes[end - 1] === lineFeed || bytes[end - 1] === 0x0d)) end--;
  return end;
}

function hasNul(bytes: Uint8Array, from: number, to: number): boolean {
  const at = bytes.indexOf(0, from);
  return at >= 0 && at < to;
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!blanks.includes(bytes[at]!)) return false;
  return true;
}
