/** Reads lines of text by a pattern. A line that does not match is one of something else. */
import { isUtf8 } from 'node:buffer';
import type { RecordField } from '../../domain/record/record-fields.js';
import { Fields } from '../fields.js';
import { handOn } from '../hand-on.js';
import { hasUnreadable, notUtf8, unreadable } from '../not-utf8.js';
import { excerptOf, type LineSink, type RecordReader } from '../reader.js';
import type { LinePattern } from './line-pattern.js';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** A longer line is no line of a log. */
const longestMatchedBytes = 1_048_576;

export class TextReader implements RecordReader {
  readonly #pattern: LinePattern;
  readonly #fields: Fields;
  readonly #sink: LineSink;
  #number = 0;
  #dropping = false;

  /** @param constants fields that are the same in every line */
  constructor(pattern: LinePattern, constants: ReadonlyMap<RecordField, string>, sink: LineSink) {
    this.#pattern = pattern;
    this.#fields = new Fields(constants);
    this.#sink = sink;
  }

  read(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    let at = from;
    while (at < to) {
      const found = bytes.indexOf(lineFeed, at);
      const isEnded = found >= 0 && found < to;
      if (!isEnded && !isLast && !this.#dropping) return at;
      const end = isEnded ? found : to;
      if (!this.#dropping) this.#line(bytes, at, end);
      else if (isEnded) this.#dropping = false;
      at = isEnded ? end + 1 : to;
    }
    return at;
  }

  dropLine(bytes: Uint8Array, from: number, to: number): void {
    this.#sink.bad(++this.#number, 'it is too long', excerptOf(bytes, from, to));
    this.#dropping = true;
  }

  #line(bytes: Uint8Array, from: number, lineEnd: number): void {
    const number = ++this.#number;
    const end = lineEnd > from && bytes[lineEnd - 1] === carriageReturn ? lineEnd - 1 : lineEnd;
    if (end === from) return;
    const text = (most: number): string => excerptOf(bytes, from, end, most);
    if (end - from > longestMatchedBytes) return this.#sink.bad(number, 'it is too long', text(120));
    const raw = Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from);
    const line = raw.toString('utf8');
    this.#fields.clear();
    if (!this.#pattern.match(line, this.#fields)) this.#sink.other(number, () => text(1_024));
    else if (line.includes('\0')) this.#sink.bad(number, 'it has NUL bytes', text(120));
    else if (line.includes(unreadable) && hasUnreadable(this.#fields) && !isUtf8(raw)) {
      this.#sink.bad(number, notUtf8, text(120));
    } else handOn(this.#sink, this.#fields, number, text);
  }
}
