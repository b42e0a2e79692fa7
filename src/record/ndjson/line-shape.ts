/**
 * Reads a line that has the shape of one before: the same bytes between its values, so the same keys in the same order.
 * Those bytes are compared, and only strings and numbers are walked. Whatever differs, or is more than a plain string or
 * number, is left to the scanner, which takes the line from its beginning and notes the shape of it here.
 */
import type { Fields } from '../fields.js';
import type { PathNode } from './path-tree.js';

const lineFeed = 0x0a;
const minus = 0x2d;
const dot = 0x2e;
const zero = 0x30;
const wordBytes = 4;
/**
 * Where there are as many, bytes are compared as one double. Only the two zeros are equal without having the same bytes, and
 * a line that was noted has no bytes of zero; one that is no number equals nothing, and is left to the scanner.
 */
const doubleBytes = 8;

/** A shape has no more values than this, and its line no more bytes. */
const valuesMost = 64;
const bytesMost = 4_096;

const stringKind = 0;
const numberKind = 1;
const wordKind = 2;

/** Where no field is read. */
const noField = -1;

export class LineShape {
  readonly #fields: Fields;
  /** Of each value: what it is, where it stands in the line that was noted, and the field that it is read into. */
  readonly #kinds = new Uint8Array(valuesMost);
  readonly #from = new Int32Array(valuesMost);
  readonly #to = new Int32Array(valuesMost);
  readonly #field = new Int8Array(valuesMost);
  #values = 0;
  /** The line that was noted, its line feed included. */
  readonly #line = new Uint8Array(bytesMost);
  readonly #words = new DataView(this.#line.buffer);
  #length = 0;
  /** The fields that the line has. */
  #mask = 0;
  /** The line that is scanned can be noted so far. */
  #isNotable = false;
  #bytes: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);

  constructor(fields: Fields) {
    this.#fields = fields;
  }

  /** The scanner takes a line: its values are noted from now on. */
  begin(): void {
    this.#values = 0;
    this.#length = 0;
    this.#isNotable = true;
  }

  /** What the line has is more than a shape can say. */
  spoil(): void {
    this.#isNotable = false;
  }

  /** Notes a string, by what stands between its quotes. */
  string(node: PathNode | null, from: number, to: number): void {
    this.#note(stringKind, node, from, to);
  }

  number(node: PathNode | null, from: number, to: number): void {
    this.#note(numberKind, node, from, to);
  }

  /** Notes true or false. Where they are not read they belong to the bytes between values, as null always does. */
  word(node: PathNode | null, from: number, to: number): void {
    if (node !== null) this.#note(wordKind, node, from, to);
  }

  #note(kind: number, node: PathNode | null, from: number, to: number): void {
    const at = this.#values++;
    const fields = node === null ? 0 : node.fields.length;
    if (at >= valuesMost || fields > 1) {
      this.spoil();
      return;
    }
    this.#kinds[at] = kind;
    this.#from[at] = from;
    this.#to[at] = to;
    this.#field[at] = fields === 0 ? noField : node!.fields[0]!;
  }

  /** The line whose values were noted was read whole; it ends before `end`, where its line feed is. */
  learn(bytes: Uint8Array, from: number, end: number): void {
    const length = end - from + 1;
    if (!this.#isNotable || length > bytesMost || bytes[end] !== lineFeed) return;
    this.#line.set(bytes.subarray(from, end + 1));
    for (let i = 0; i < this.#values; i++) {
      this.#from[i]! -= from;
      this.#to[i]! -= from;
    }
    this.#length = length;
    this.#mask = this.#fields.mask;
  }

  /**
   * Reads the line at `from` into the fields.
   *
   * @param to the end of what there is, after a line feed
   * @returns where the line ends, before its line feed; -1 if it has another shape, the fields being of no meaning then
   */
  read(bytes: Uint8Array, from: number, to: number): number {
    // No walk over a value and no comparison goes past this line feed.
    if (this.#length === 0 || bytes[to - 1] !== lineFeed) return -1;
    if (bytes !== this.#bytes) this.#look(bytes);
    const fields = this.#fields;
    const values = this.#values;
    let at = from;
    let learned = 0;
    for (let i = 0; i < values; i++) {
      const valueFrom = this.#from[i]!;
      at = this.#same(at, learned, valueFrom);
      if (at < 0) return -1;
      learned = this.#to[i]!;
      const end = this.#value(this.#kinds[i]!, at, valueFrom, learned);
      if (end < 0) return -1;
      const field = this.#field[i]!;
      if (field !== noField) {
        if (fields.bytes[field] !== bytes) fields.bytes[field] = bytes;
        fields.from[field] = at;
        fields.to[field] = end;
      }
      at = end;
    }
    at = this.#same(at, learned, this.#length);
    fields.mask = this.#mask;
    return at < 0 ? -1 : at - 1;
  }

  #look(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** @returns where the value at `at` ends, which stood at `from` to `to` in the line that was noted; -1 if it is none */
  #value(kind: number, at: number, from: number, to: number): number {
    if (kind === stringKind) return this.#string(at, from, to);
    return kind === numberKind ? this.#number(at) : this.#same(at, from, to);
  }

  /** @returns the place behind the bytes at `at` if they are those of the line that was noted; else -1 */
  #same(at: number, from: number, to: number): number {
    const length = to - from;
    if (at + length > this.#bytes.length) return -1;
    if (length < wordBytes) {
      for (let i = 0; i < length; i++) if (this.#bytes[at + i] !== this.#line[from + i]) return -1;
      return at + length;
    }
    const view = this.#view;
    const words = this.#words;
    if (length < doubleBytes) {
      const last = length - wordBytes;
      const isSame =
        view.getInt32(at, true) === words.getInt32(from, true) &&
        view.getInt32(at + last, true) === words.getInt32(from + last, true);
      return isSame ? at + length : -1;
    }
    const last = length - doubleBytes;
    for (let i = 0; i < last; i += doubleBytes) {
      if (view.getFloat64(at + i, true) !== words.getFloat64(from + i, true)) return -1;
    }
    return view.getFloat64(at + last, true) === words.getFloat64(from + last, true) ? at + length : -1;
  }

  /** A string begins mostly as the one before, whose bytes are known to be plain. */
  #string(begin: number, from: number, to: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    const words = this.#words;
    const length = Math.min(bytes.length - begin, to - from);
    const last = length - doubleBytes;
    let skipped = 0;
    while (skipped <= last && view.getFloat64(begin + skipped, true) === words.getFloat64(from + skipped, true)) {
      skipped += doubleBytes;
    }
    if (
      skipped + wordBytes <= length &&
      view.getInt32(begin + skipped, true) === words.getInt32(from + skipped, true)
    ) {
      skipped += wordBytes;
    }
    let at = begin + skipped;
    while (isPlain[bytes[at]!] === 1) at++;
    return at;
  }

  #number(from: number): number {
    const bytes = this.#bytes;
    let at = bytes[from] === minus ? from + 1 : from;
    if (bytes[at] === zero) at++;
    else at = this.#digits(at);
    return at >= 0 && bytes[at] === dot ? this.#digits(at + 1) : at;
  }

  #digits(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    while (isDigit[bytes[at]!] === 1) at++;
    return at === from ? -1 : at;
  }
}

/** Bytes of a string that are neither its end nor anything that the scanner must look at: 1. */
const isPlain = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x20 && byte !== 0x22 && byte !== 0x5c ? 1 : 0));
const isDigit = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= zero && byte <= 0x39 ? 1 : 0));
