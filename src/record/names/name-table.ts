/**
 * Numbers names, given as bytes, in the order in which they are met. Each name belongs to a scope, and the same text in
 * two scopes has two numbers. Ten million names take some 50 bytes each with their text: an open table of numbers beside
 * one piece of memory that holds all texts, in place of a map of strings. A look-up touches two places in memory, since
 * that is what it takes its time with.
 */

/** A slot of the table: hash, number + 1 (0: empty), where the text begins, its bytes. */
const stride = 4;
/** Bytes of the scope before each text. */
const scopeBytes = 4;
/** Names whose look-ups are prepared at once. */
export const fetchedMost = 128;

export class NameTable {
  #texts = new Uint8Array(65_536);
  #textsUsed = 0;
  /** By number: where its scope and text begin. One more than there are names. */
  #begins = new Float64Array(1_024);
  #slots = new Int32Array(4_096 * stride);
  #size = 0;
  readonly #fetched = new Int32Array(fetchedMost);
  readonly #decoder = new TextDecoder();

  get size(): number {
    return this.#size;
  }

  /** The number of a name; a new one gets the next number. @param scope from 0, below 2^31 */
  number(bytes: Uint8Array, from: number, to: number, scope = 0): number {
    return this.numberOf(hashOf(bytes, from, to, scope), bytes, from, to, scope);
  }

  /**
   * Brings what the look-ups of several names need into the processor's cache, all at once: one after the other each
   * would wait for memory twice.
   *
   * @param hashes of the names, by {@link hashOf}  @param count how many of them
   */
  fetch(hashes: Int32Array, count: number): void {
    const slots = this.#slots;
    const texts = this.#texts;
    const mask = slots.length / stride - 1;
    const begins = this.#fetched;
    for (let i = 0; i < count; i++) begins[i] = slots[(hashes[i]! & mask) * stride + 2]!;
    for (let i = 0; i < count; i++) begins[i] = texts[begins[i]! >>> 0]!;
  }

  /** As {@link number}, for a name whose hash is known. */
  numberOf(hash: number, bytes: Uint8Array, from: number, to: number, scope: number): number {
    const length = to - from;
    const slots = this.#slots;
    const mask = slots.length / stride - 1;
    let slot = hash & mask;
    for (;;) {
      const at = slot * stride;
      const found = slots[at + 1]!;
      if (found === 0) return this.#add(at, hash, { text: bytes.subarray(from, to), scope });
      if (slots[at] === hash && slots[at + 3] === length) {
        const begin = slots[at + 2]! >>> 0;
        if (this.#scopeAt(begin) === scope && this.#isText(begin + scopeBytes, bytes, from, to)) return found - 1;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** @param number of a name that has been met */
  text(number: number): string {
    return this.#decoder.decode(this.#texts.subarray(this.#begins[number]! + scopeBytes, this.#begins[number + 1]));
  }

  scope(number: number): number {
    return this.#scopeAt(this.#begins[number]!);
  }

  #scopeAt(begin: number): number {
    const texts = this.#texts;
    return (texts[begin]! | (texts[begin + 1]! << 8) | (texts[begin + 2]! << 16) | (texts[begin + 3]! << 24)) >>> 0;
  }

  #isText(begin: number, bytes: Uint8Array, from: number, to: number): boolean {
    const texts = this.#texts;
    for (let at = from, other = begin; at < to; at++, other++) if (texts[other] !== bytes[at]) return false;
    return true;
  }

  #add(at: number, hash: number, { text, scope }: { readonly text: Uint8Array; readonly scope: number }): number {
    const number = this.#size++;
    const begin = this.#textsUsed;
    const end = begin + scopeBytes + text.length;
    if (end > this.#texts.length) this.#texts = grown(this.#texts, new Uint8Array(larger(this.#texts, end)));
    for (let i = 0; i < scopeBytes; i++) this.#texts[begin + i] = scope >>> (8 * i);
    this.#texts.set(text, begin + scopeBytes);
    this.#textsUsed = end;
    if (number + 2 > this.#begins.length) {
      this.#begins = grown(this.#begins, new Float64Array(larger(this.#begins, number + 2)));
    }
    this.#begins[number + 1] = end;
    this.#slots[at] = hash;
    this.#slots[at + 1] = number + 1;
    this.#slots[at + 2] = begin;
    this.#slots[at + 3] = text.length;
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

/** The hash by which a table looks a name up. */
export function hashOf(bytes: Uint8Array, from: number, to: number, scope: number): number {
  let hash = (0x811c9dc5 ^ Math.imul(scope, 0x9e3779b1)) | 0;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  // The low bits choose the slot, and FNV-1a mixes the last bytes into them poorly.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) | 0;
}

function larger({ length }: { readonly length: number }, needed: number): number {
  return Math.max(needed, Math.ceil(length * 1.5));
}

function grown<Numbers extends { set(old: Numbers): void }>(old: Numbers, into: Numbers): Numbers {
  into.set(old);
  return into;
}
