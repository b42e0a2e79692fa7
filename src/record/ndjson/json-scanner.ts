/**
 * Reads the wanted fields of a line of JSON from its bytes, without making objects or strings of it. It takes exactly
 * what JSON.parse takes (RFC 8259) of a line, so that a line is bad for one if it is for the other, and as there the last
 * of two equal keys counts.
 */
import { copyOf } from '../copy-of.js';
import type { Fields } from '../fields.js';
import { LineShape } from './line-shape.js';
import type { PathNode } from './path-tree.js';
import { unescaped } from './unescaped.js';

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const minus = 0x2d;
const plus = 0x2b;
const dot = 0x2e;
const zero = 0x30;
const nine = 0x39;
const space = 0x20;

/** Objects within objects beyond this are no log line. */
const deepest = 500;
/** Keys whose order is remembered. */
const keysMet = 64;

/** Where the scanner gives up. It is thrown, so it is made once. */
const notJson = new Error('not JSON');
notJson.stack = '';

export class JsonScanner {
  readonly #root: PathNode;
  readonly #fields: Fields;
  readonly #shape: LineShape;
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #to = 0;
  #depth = 0;

  constructor(root: PathNode, fields: Fields) {
    this.#root = root;
    this.#fields = fields;
    this.#shape = new LineShape(fields);
  }

  /**
   * Reads the line that begins at `from` into the fields, in which nothing is but constants. A line feed ends it.
   *
   * @param to the end of what there is
   * @returns where the line ends, before its line feed; -1 if it is no JSON object
   */
  scan(bytes: Uint8Array, from: number, to: number): number {
    const end = this.#shape.read(bytes, from, to);
    return end < 0 ? this.#scanWhole(bytes, from, to) : end;
  }

  #scanWhole(bytes: Uint8Array, from: number, to: number): number {
    this.#bytes = bytes;
    this.#at = from;
    this.#to = to;
    this.#depth = 0;
    this.#shape.begin();
    try {
      if (this.#next() !== openBrace) return -1;
      this.#object(this.#root);
      this.#skipSpace();
      if (this.#at < to) this.#shape.learn(bytes, from, this.#at);
      return this.#at;
    } catch (error) {
      if (error === notJson) return -1;
      throw error;
    }
  }

  #skipSpace(): void {
    const bytes = this.#bytes;
    while (this.#at < this.#to) {
      const byte = bytes[this.#at]!;
      if (byte > space || (byte !== space && byte !== 0x09 && byte !== 0x0d)) return;
      this.#at++;
    }
  }

  /** The next byte that is no space; 0 at the end. */
  #next(): number {
    const byte = this.#at < this.#to ? this.#bytes[this.#at]! : 0;
    if (byte > space) return byte;
    this.#skipSpace();
    return this.#at < this.#to ? this.#bytes[this.#at]! : 0;
  }

  #expect(byte: number): void {
    if (this.#next() !== byte) throw notJson;
    this.#at++;
  }

  #deeper(): void {
    this.#at++;
    if (++this.#depth > deepest) throw notJson;
  }

  /** @param node null: nothing of it is wanted */
  #object(node: PathNode | null): void {
    this.#deeper();
    if (this.#next() === closeBrace) {
      this.#at++;
      this.#depth--;
      return;
    }
    for (let index = 0; ; index++) {
      const leadsTo = this.#key(node, index);
      this.#expect(colon);
      this.#value(leadsTo);
      const byte = this.#next();
      this.#at++;
      if (byte === closeBrace) break;
      if (byte !== comma) throw notJson;
    }
    this.#depth--;
  }

  #array(node: PathNode | null): void {
    this.#deeper();
    if (this.#next() === closeBracket) {
      this.#at++;
      this.#depth--;
      return;
    }
    for (let index = 0; ; index++) {
      this.#value(node === null ? null : (node.byIndex.get(index) ?? null));
      const byte = this.#next();
      this.#at++;
      if (byte === closeBracket) break;
      if (byte !== comma) throw notJson;
    }
    this.#depth--;
  }

  /** Reads a key, and returns where it leads; null if nothing of it is wanted. */
  #key(node: PathNode | null, index: number): PathNode | null {
    if (this.#next() !== quote) throw notJson;
    if (node === null) {
      this.#skipString();
      return null;
    }
    const met = node.met[index];
    if (met !== undefined && this.#isAt(met.bytes)) return met.leadsTo;
    const from = this.#at + 1;
    const escaped = this.#skipString();
    const bytes = copyOf(this.#bytes, from, this.#at - 1);
    const text = Buffer.from(bytes).toString('utf8');
    const leadsTo = node.byKey.get(escaped ? (JSON.parse(`"${text}"`) as string) : text) ?? null;
    if (index < keysMet) node.met[index] = { bytes, leadsTo };
    return leadsTo;
  }

  /** Whether a string of these bytes is next; if so, it is read. */
  #isAt(wanted: Uint8Array): boolean {
    const bytes = this.#bytes;
    const from = this.#at + 1;
    const end = from + wanted.length;
    if (end >= this.#to || bytes[end] !== quote) return false;
    for (let i = 0; i < wanted.length; i++) if (bytes[from + i] !== wanted[i]) return false;
    this.#at = end + 1;
    return true;
  }

  #value(node: PathNode | null): void {
    // A key that was met before in the same object has lost what it had.
    if (node !== null) this.#fields.drop(node.reach);
    const byte = this.#next();
    const from = this.#at;
    if (byte === quote) {
      const escaped = this.#skipString();
      if (escaped) this.#shape.spoil();
      else this.#shape.string(node, from + 1, this.#at - 1);
      if (node !== null) this.#putString(node, from, escaped);
    } else if (byte === openBrace) {
      this.#object(node);
    } else if (byte === openBracket) {
      this.#array(node);
    } else if (byte === minus || (byte >= zero && byte <= nine)) {
      this.#skipNumber();
      this.#shape.number(node, from, this.#at);
      if (node !== null) this.#put(node, from, this.#at);
    } else if (byte === 0x74) {
      this.#skipWord('true');
      this.#shape.word(node, from, this.#at);
      if (node !== null) this.#put(node, from, this.#at);
    } else if (byte === 0x66) {
      this.#skipWord('false');
      this.#shape.word(node, from, this.#at);
      if (node !== null) this.#put(node, from, this.#at);
    } else {
      this.#skipWord('null');
    }
  }

  #put(node: PathNode, from: number, to: number): void {
    for (const field of node.fields) this.#fields.set(field, this.#bytes, from, to);
  }

  #putString(node: PathNode, from: number, escaped: boolean): void {
    if (!escaped) {
      this.#put(node, from + 1, this.#at - 1);
      return;
    }
    const text = unescaped(this.#bytes, from + 1, this.#at - 1);
    for (const field of node.fields) this.#fields.set(field, text, 0, text.length);
  }

  /** @returns whether it has escapes */
  #skipString(): boolean {
    const bytes = this.#bytes;
    const to = this.#to;
    let at = this.#at + 1;
    let escaped = false;
    for (;;) {
      if (at >= to) throw notJson;
      const byte = bytes[at]!;
      if (byte === quote) break;
      if (byte < space) throw notJson;
      if (byte === backslash) {
        escaped = true;
        at = this.#skipEscape(at);
      } else {
        at++;
      }
    }
    this.#at = at + 1;
    return escaped;
  }

  #skipEscape(at: number): number {
    const byte = at + 1 < this.#to ? this.#bytes[at + 1]! : 0;
    if (byte !== 0x75) {
      if (!isEscape[byte]) throw notJson;
      return at + 2;
    }
    if (at + 6 > this.#to) throw notJson;
    for (let i = at + 2; i < at + 6; i++) if (!isHex[this.#bytes[i]!]) throw notJson;
    return at + 6;
  }

  #skipNumber(): void {
    if (this.#bytes[this.#at] === minus) this.#at++;
    if (this.#peek() === zero) this.#at++;
    else this.#skipDigits();
    if (this.#peek() === dot) {
      this.#at++;
      this.#skipDigits();
    }
    if ((this.#peek() | 0x20) === 0x65) {
      this.#at++;
      const sign = this.#peek();
      if (sign === plus || sign === minus) this.#at++;
      this.#skipDigits();
    }
  }

  #peek(): number {
    return this.#at < this.#to ? this.#bytes[this.#at]! : 0;
  }

  #skipDigits(): void {
    const bytes = this.#bytes;
    let at = this.#at;
    while (at < this.#to && bytes[at]! >= zero && bytes[at]! <= nine) at++;
    if (at === this.#at) throw notJson;
    this.#at = at;
  }

  #skipWord(word: string): void {
    if (this.#at + word.length > this.#to) throw notJson;
    for (let i = 0; i < word.length; i++) if (this.#bytes[this.#at + i] !== word.charCodeAt(i)) throw notJson;
    this.#at += word.length;
  }
}

const isEscape = tableOf('"\\/bfnrt');
const isHex = tableOf('0123456789abcdefABCDEF');

function tableOf(letters: string): readonly boolean[] {
  return Array.from({ length: 256 }, (_, byte) => letters.includes(String.fromCharCode(byte)) && byte > 0);
}
