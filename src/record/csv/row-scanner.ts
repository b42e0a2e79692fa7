/**
 * Reads rows of CSV from bytes, by RFC 4180: cells in quotes may have delimiters, line ends and doubled quotes. Cells
 * become pieces of the bytes; only one with doubled quotes is copied.
 */
import type { Fields } from '../fields.js';
import type { Header } from './header.js';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

export type RowState = 'whole' | 'open' | 'open-quote' | 'malformed';

export class RowScanner {
  readonly #delimiter: number;
  readonly #fieldsOf: Header['fieldsOf'];
  readonly #fields: Fields;
  #from = 0;
  #to = 0;
  #hasDoubled = false;
  #isInQuote = false;
  /** Of the row that was read last. */
  state: RowState = 'whole';
  cells = 0;
  /** Line ends within cells. */
  lineEnds = 0;

  constructor({ delimiter, fieldsOf }: Header, fields: Fields) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#fieldsOf = fieldsOf;
    this.#fields = fields;
  }

  /**
   * Reads the row at `from` into the fields, which it does not clear.
   *
   * @param isLast no more follows: the last row may lack its end
   * @returns where the next row begins, if the state is `whole`
   */
  scan(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    this.cells = 0;
    this.lineEnds = 0;
    for (let at = from; ; at++) {
      const end = at < to && bytes[at] === quote ? this.#quoted(bytes, at, to) : this.#plain(bytes, at, to);
      if (end >= to && !isLast) return this.#ended(this.#isInQuote ? 'open-quote' : 'open', from);
      if (this.#isInQuote) return this.#ended('open-quote', from);
      const byte = end < to ? bytes[end]! : lineFeed;
      if (byte === carriageReturn && end + 1 >= to && !isLast) return this.#ended('open', from);
      const isEnd = byte === lineFeed || (byte === carriageReturn && (end + 1 >= to || bytes[end + 1] === lineFeed));
      if (!isEnd && byte !== this.#delimiter) return this.#ended('malformed', from);
      this.#put(bytes);
      if (isEnd) return this.#ended('whole', Math.min(end + (byte === carriageReturn ? 2 : 1), to));
      at = end;
    }
  }

  #ended(state: RowState, at: number): number {
    this.state = state;
    return at;
  }

  /** @returns where the cell ends */
  #plain(bytes: Uint8Array, from: number, to: number): number {
    const delimiter = this.#delimiter;
    let at = from;
    while (at < to && bytes[at] !== delimiter && bytes[at] !== lineFeed) at++;
    this.#isInQuote = false;
    this.#hasDoubled = false;
    this.#from = from;
    this.#to = at > from && bytes[at - 1] === carriageReturn && (at === to || bytes[at] === lineFeed) ? at - 1 : at;
    return at;
  }

  /** @returns the place behind the closing quote; the end, where there is none */
  #quoted(bytes: Uint8Array, from: number, to: number): number {
    let at = from + 1;
    this.#hasDoubled = false;
    this.#isInQuote = true;
    for (; at < to; at++) {
      const byte = bytes[at]!;
      if (byte === lineFeed) this.lineEnds++;
      if (byte !== quote) continue;
      if (at + 1 >= to || bytes[at + 1] !== quote) {
        this.#isInQuote = false;
        break;
      }
      this.#hasDoubled = true;
      at++;
    }
    this.#from = from + 1;
    this.#to = at;
    return this.#isInQuote ? to : at + 1;
  }

  /** An empty cell says nothing. */
  #put(bytes: Uint8Array): void {
    const wanted = this.#fieldsOf[this.cells++];
    if (wanted === undefined || wanted.length === 0 || this.#from === this.#to) return;
    const from = this.#from;
    const to = this.#to;
    if (!this.#hasDoubled) {
      for (const field of wanted) this.#fields.set(field, bytes, from, to);
      return;
    }
    const text = withoutDoubled(bytes, from, to);
    for (const field of wanted) this.#fields.set(field, text, 0, text.length);
  }
}

/** Bytes stay as they are, since what is no UTF-8 may be told apart by them. */
function withoutDoubled(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const text = new Uint8Array(to - from);
  let length = 0;
  for (let at = from; at < to; at++) {
    text[length++] = bytes[at]!;
    if (bytes[at] === quote) at++;
  }
  return text.subarray(0, length);
}
