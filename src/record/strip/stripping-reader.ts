/**
 * Takes off what a container runtime or a collector put around each line, before a reader sees it. Parts of a line that
 * was split are joined; an empty line stands for each part but the last, so that lines keep their numbers.
 */
import { Fields } from '../fields.js';
import { longestLineBytes } from '../input/feed.js';
import { JsonScanner } from '../ndjson/json-scanner.js';
import type { LineSink, RecordReader } from '../reader.js';
import { keyTree, strippings, type Stripping, type Wrapping } from './prefixes.js';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const openBrace = 0x7b;
/** No prefix is longer. */
const longestPrefixBytes = 512;

export class StrippingReader implements RecordReader {
  readonly #inner: RecordReader;
  readonly #sink: Pick<LineSink, 'flush'>;
  readonly #stripping: Stripping;
  readonly #fields = new Fields();
  readonly #scanner: JsonScanner | null;
  /** What the inner reader has not taken yet. */
  #out = Buffer.allocUnsafe(65_536);
  #length = 0;
  /** Parts of a line that goes on. */
  #parts: Buffer[] = [];
  #partBytes = 0;

  /** @param sink where the inner reader hands its lines to */
  constructor(wrapping: Wrapping, inner: RecordReader, sink: Pick<LineSink, 'flush'>) {
    this.#inner = inner;
    this.#sink = sink;
    this.#stripping = strippings[wrapping];
    const { key } = this.#stripping;
    this.#scanner = key === null ? null : new JsonScanner(keyTree(key), this.#fields);
  }

  read(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    let at = from;
    while (at < to) {
      const found = bytes.indexOf(lineFeed, at);
      const isEnded = found >= 0 && found < to;
      if (!isEnded && !isLast) break;
      const end = isEnded ? found : to;
      this.#line(bytes, at, end);
      at = isEnded ? end + 1 : to;
    }
    if (isLast && this.#parts.length > 0) this.#join(Buffer.alloc(0));
    this.#handOn(isLast);
    return at;
  }

  dropLine(bytes: Uint8Array, from: number, to: number): void {
    this.#handOn(false);
    this.#inner.dropLine(bytes, from, to);
  }

  #line(bytes: Uint8Array, from: number, lineEnd: number): void {
    const { own } = this.#stripping;
    const end = lineEnd > from && bytes[lineEnd - 1] === carriageReturn ? lineEnd - 1 : lineEnd;
    if (this.#scanner !== null && bytes[from] === openBrace && this.#wrapped(bytes, from, end)) return;
    const head = latin1(bytes, from, Math.min(end, from + longestPrefixBytes));
    if (own?.test(head) === true) return this.#put(Buffer.alloc(0));
    const [prefix = '', part] = this.#stripping.prefix.exec(head) ?? [];
    const rest = view(bytes, from + prefix.length, end);
    if (part === undefined) this.#join(rest);
    else this.#keep(rest);
  }

  /** @returns false if it is no wrapped line */
  #wrapped(bytes: Uint8Array, from: number, end: number): boolean {
    const fields = this.#fields;
    fields.clear();
    if (this.#scanner!.scan(bytes, from, end) !== end) return false;
    const text = fields.has(0)
      ? view(fields.bytes[0]!, fields.from[0]!, fields.to[0]!)
      : bytesOfMessage(latin1(bytes, from, end), this.#stripping.key!);
    if (text === null) return false;
    const isWhole = text.at(-1) === lineFeed;
    if (this.#stripping.goesOnWithoutEnd && !isWhole) this.#keep(text);
    else this.#join(isWhole ? text.subarray(0, -1) : text);
    return true;
  }

  #keep(part: Buffer): void {
    // The bytes are the reader's only for the time of the call.
    this.#parts.push(Buffer.from(part));
    this.#partBytes += part.length;
    if (this.#partBytes > longestLineBytes) this.#join(Buffer.alloc(0));
    else this.#put(Buffer.alloc(0));
  }

  #join(last: Buffer): void {
    if (this.#parts.length === 0) return this.#put(last);
    const line = Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#partBytes = 0;
    this.#put(line);
  }

  /** Adds a line for the inner reader. Line ends within it become spaces, so that it stays one. */
  #put(line: Buffer): void {
    const needed = this.#length + line.length + 1;
    if (needed > this.#out.length) {
      const roomier = Buffer.allocUnsafe(2 * needed);
      this.#out.copy(roomier, 0, 0, this.#length);
      this.#out = roomier;
    }
    line.copy(this.#out, this.#length);
    const end = this.#length + line.length;
    for (let at = this.#out.indexOf(lineFeed, this.#length); at >= 0 && at < end;) {
      this.#out[at] = 0x20;
      at = this.#out.indexOf(lineFeed, at);
    }
    this.#out[end] = lineFeed;
    this.#length = end + 1;
  }

  #handOn(isLast: boolean): void {
    if (this.#length === 0 && !isLast) return;
    const read = this.#inner.read(this.#out, 0, this.#length, isLast);
    this.#sink.flush();
    this.#out.copyWithin(0, read, this.#length);
    this.#length -= read;
    if (this.#length < longestLineBytes) return;
    this.#inner.dropLine(this.#out, 0, this.#length);
    this.#length = 0;
  }
}

/** journald writes a message that is no UTF-8 as an array of bytes. @returns null: there is none */
function bytesOfMessage(line: string, key: string): Buffer | null {
  if (!line.includes(`"${key}"`)) return null;
  const { [key]: message } = JSON.parse(line) as Record<string, unknown>;
  const isBytes = Array.isArray(message) && message.every((byte) => typeof byte === 'number');
  return isBytes ? Buffer.from(message) : null;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return view(bytes, from, to).toString('latin1');
}

function view(bytes: Uint8Array, from: number, to: number): Buffer<ArrayBuffer> {
  return Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset + from, to - from);
}
