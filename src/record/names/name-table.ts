/**
 * Numbers names, given as bytes, in the order in which they are met. Each name belongs to a scope, and the same text in
 * two scopes has two numbers. Ten million names take some 50 bytes each with their text: an open table of numbers beside
 * one piece of memory that holds all texts, in place of a map of strings. A look-up touches two places in memory, since
 * that is what it takes its time with.
 */
import { hashOf, namesMost, NameWords, wordsOf, type NameColumns } from './name-words.js';

/** A slot of the table: hash, number + 1 (0: empty), where the scope and the words of the name begin, its bytes. */
const stride = 4;

export class NameTable {
  /** Of each name its scope, and its words. */
  #texts = new Int32Array(16_384);
  #textsUsed = 0;
  /** By number: where its scope and words begin, and its bytes. */
  #begins = new Uint32Array(1_024);
  #lengths = new Uint32Array(1_024);
  #slots = new Int32Array(4_096 * stride);
  #size = 0;
  readonly #single = new NameWords();
  readonly #hashes = new Int32Array(namesMost);
  readonly #fetched = new Int32Array(namesMost);
  readonly #decoder = new TextDecoder();

  get size(): number {
    return this.#size;
  }

  /** The number of a name; a new one gets the next number. @param scope from 0, below 2^31 */
  number(bytes: Uint8Array, from: number, to: number, scope = 0): number {
    const single = this.#single;
    single.clear();
    single.add(bytes, from, to, scope);
    return this.#numberAt(single, 0, hashOf(single, 0));
  }

  /**
   * The numbers of the names at places from `from` on, in their order.
   * @param count at most {@link namesMost}
   * @param into one after the other, from 0 on
   */
  numbers(names: NameColumns, from: number, count: number, into: Int32Array): void {
    const hashes = this.#hashes;
    for (let i = 0; i < count; i++) hashes[i] = hashOf(names, from + i);
    this.#fetch(hashes, count);
    for (let i = 0; i < count; i++) into[i] = this.#numberAt(names, from + i, hashes[i]!);
  }

  /**
   * Brings what the look-ups of several names need into the processor's cache, all at once: one after the other each
   * would wait for memory twice.
   */
  #fetch(hashes: Int32Array, count: number): void {
    const slots = this.#slots;
    const texts = this.#texts;
    const mask = slots.length / stride - 1;
    const begins = this.#fetched;
    for (let i = 0; i < count; i++) begins[i] = slots[(hashes[i]! & mask) * stride + 2]!;
    for (let i = 0; i < count; i++) begins[i] = texts[begins[i]! >>> 0]!;
  }

  #numberAt(names: NameColumns, place: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length / stride - 1;
    const length = names.lengths[place]!;
    let slot = hash & mask;
    for (;;) {
      const at = slot * stride;
      const found = slots[at + 1]!;
      if (found === 0) return this.#add(at, names, place, hash);
      if (slots[at] === hash && slots[at + 3] === length && this.#isAt(slots[at + 2]! >>> 0, names, place)) {
        return found - 1;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** @param number of a name that has been met */
  text(number: number): string {
    const begin = this.#begins[number]! + 1;
    const bytes = Uint8Array.from(
      { length: this.#lengths[number]! },
      (_, at) => this.#texts[begin + (at >>> 2)]! >>> (8 * (at & 3)),
    );
    return this.#decoder.decode(bytes);
  }

  scope(number: number): number {
    return this.#texts[this.#begins[number]!]!;
  }

  #isAt(at: number, names: NameColumns, place: number): boolean {
    const texts = this.#texts;
    if (texts[at] !== names.scopes[place]) return false;
    const words = names.words;
    const begin = names.begins[place]!;
    const count = wordsOf(names.lengths[place]!);
    for (let i = 0; i < count; i++) if (texts[at + 1 + i] !== words[begin + i]) return false;
    return true;
  }

  #add(slot: number, names: NameColumns, place: number, hash: number): number {
    const length = names.lengths[place]!;
    const begin = names.begins[place]!;
    const number = this.#size++;
    const at = this.#textsUsed;
    const count = wordsOf(length);
    this.#textsUsed = at + 1 + count;
    if (this.#textsUsed > this.#texts.length) {
      this.#texts = grown(this.#texts, new Int32Array(larger(this.#texts, this.#textsUsed)));
    }
    this.#texts[at] = names.scopes[place]!;
    this.#texts.set(names.words.subarray(begin, begin + count), at + 1);
    if (number === this.#begins.length) {
      this.#begins = grown(this.#begins, new Uint32Array(larger(this.#begins, number + 1)));
      this.#lengths = grown(this.#lengths, new Uint32Array(this.#begins.length));
    }
    this.#begins[number] = at;
    this.#lengths[number] = length;
    this.#slots[slot] = hash;
    this.#slots[slot + 1] = number + 1;
    this.#slots[slot + 2] = at;
    this.#slots[slot + 3] = length;
    // Above two thirds full, chains of slots get long.
    if (this.#size * 3 * stride > this.#slots.length * 2) this.#rehash();
    return number;
  }

  #rehash(): void {
    const old = this.#slots;
    const slots = new Int32Array(old.length * 2);
    const mask = slots.length / stride - 1;
    for (let from = 0; from < old.length; from += stride) {
      if (old[from + 1] === 0) continue;
      let slot = old[from]! & mask;
      while (slots[slot * stride + 1] !== 0) slot = (slot + 1) & mask;
      for (let i = 0; i < stride; i++) slots[slot * stride + i] = old[from + i]!;
    }
    this.#slots = slots;
  }
}

function larger({ length }: { readonly length: number }, needed: number): number {
  return Math.max(needed, Math.ceil(length * 1.5));
}

function grown<Numbers extends { set(old: Numbers): void }>(old: Numbers, into: Numbers): Numbers {
  into.set(old);
  return into;
}
