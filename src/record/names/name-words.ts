/**
 * Names that are about to be looked up, as words of four bytes, the last one filled up with zeros: words are hashed and
 * compared four bytes at a time, and what they were read from may change meanwhile.
 */
const wordBytes = 4;
/** Names that wait at once, at most. */
export const namesMost = 256;

/** By place of a name: its scope, the bytes that it has, and where its words begin. */
export interface NameColumns {
  readonly scopes: Int32Array;
  readonly lengths: Int32Array;
  readonly begins: Int32Array;
  readonly words: Int32Array;
}

export class NameWords implements NameColumns {
  readonly scopes: Int32Array;
  readonly lengths: Int32Array;
  readonly begins: Int32Array;
  words: Int32Array;
  count = 0;
  #used = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #view = new DataView(this.#bytes.buffer);

  /** @param columns where the names are kept; they hold as many as there are places */
  constructor(columns: NameColumns = ownColumns()) {
    this.scopes = columns.scopes;
    this.lengths = columns.lengths;
    this.begins = columns.begins;
    this.words = columns.words;
  }

  clear(): void {
    this.count = 0;
    this.#used = 0;
  }

  /** Whether there is a place for one more name, and room for its words in the columns. */
  hasRoom(bytes: number): boolean {
    return this.count < this.scopes.length && this.#used + wordsOf(bytes) <= this.words.length;
  }

  /** Adds a name, if there is a place. More room for words is made. @param scope from 0, below 2^31 */
  add(bytes: Uint8Array, from: number, to: number, scope: number): void {
    const place = this.count++;
    const begin = this.#used;
    if (bytes !== this.#bytes) this.#look(bytes);
    this.#used = begin + wordsOf(to - from);
    if (this.#used > this.words.length) this.#grow();
    const words = this.words;
    const view = this.#view;
    const lastWord = to - wordBytes;
    let word = begin;
    let at = from;
    for (; at <= lastWord; at += wordBytes) words[word++] = view.getInt32(at, true);
    if (at < to) words[word] = restOf(bytes, at, to);
    this.scopes[place] = scope;
    this.lengths[place] = to - from;
    this.begins[place] = begin;
  }

  #look(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  #grow(): void {
    const words = new Int32Array(Math.max(this.#used, 2 * this.words.length));
    words.set(this.words);
    this.words = words;
  }
}

function ownColumns(): NameColumns {
  const column = (): Int32Array => new Int32Array(namesMost);
  return { scopes: column(), lengths: column(), begins: column(), words: new Int32Array(4 * namesMost) };
}

/** How many words a name of so many bytes has. */
export function wordsOf(bytes: number): number {
  return (bytes + wordBytes - 1) >>> 2;
}

/** The hash of the name at a place. */
export function hashOf({ words, begins, lengths, scopes }: NameColumns, place: number): number {
  const begin = begins[place]!;
  const length = lengths[place]!;
  const end = begin + wordsOf(length);
  let hash = 0;
  for (let at = begin; at < end; at++) hash = mixed(hash, words[at]!);
  return finished(hash, length, scopes[place]!);
}

function finished(ofWords: number, length: number, scope: number): number {
  let hash = ofWords ^ Math.imul(length, 0x85ebca6b) ^ Math.imul(scope, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Takes a word into a hash, as MurmurHash3 does. */
function mixed(hash: number, word: number): number {
  let mix = Math.imul(word, 0xcc9e2d51);
  mix = Math.imul((mix << 15) | (mix >>> 17), 0x1b873593) ^ hash;
  return (Math.imul((mix << 13) | (mix >>> 19), 5) + 0xe6546b64) | 0;
}

/** The last one to three bytes of a name as a word. */
function restOf(bytes: Uint8Array, from: number, to: number): number {
  let word = 0;
  for (let at = to - 1; at >= from; at--) word = (word << 8) | bytes[at]!;
  return word;
}
