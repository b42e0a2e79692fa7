/**
 * The seeded random number generator of a run: sfc32 (Chris Doty-Humphrey, PractRand: "Small Fast Counting"), with 128
 * bits of state and 32-bit integer operations only, so its numbers are the same on every machine. Each component draws
 * from a stream of its own, named by a label, so a flag that makes one component draw more often leaves the numbers of
 * the others unchanged.
 */
import type { Prng } from './ports.js';

export class SeededPrng implements Prng {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, label: string) {
    const words = mixer(seed, label);
    this.#a = words();
    this.#b = words();
    this.#c = words();
    for (let i = 0; i < 12; i++) this.#next();
  }

  float(): number {
    return this.#next() / 0x1_0000_0000;
  }

  below(below: number): number {
    return Math.floor((this.#next() / 0x1_0000_0000) * below);
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}

/** Spreads seed and label over state words (the finalizer of MurmurHash3, Austin Appleby, over a running FNV-1a). */
function mixer(seed: number, label: string): () => number {
  let hash = 0x811c9dc5;
  for (const character of `${seed}/${label}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    hash = (hash + 0x9e3779b9) | 0;
    let word = hash;
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return word ^ (word >>> 16);
  };
}
