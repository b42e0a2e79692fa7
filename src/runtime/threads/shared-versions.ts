/**
 * Counts the versions of aggregates for publishers in several threads. Version and publish stamp are claimed in one
 * step, under a lock of the aggregate's own, so publish stamps rise with versions, whichever thread claims them. Where
 * every aggregate has one publisher the lock is never contended and costs two atomic operations.
 */
import type { StampSource } from '../ports.js';
import { lock, unlock } from './shared-lock.js';

/** Two words for each aggregate: its lock, and the last version claimed. */
export type VersionWords = Int32Array<SharedArrayBuffer>;

export function createVersionWords(aggregates: number): VersionWords {
  return new Int32Array(new SharedArrayBuffer(2 * aggregates * Int32Array.BYTES_PER_ELEMENT));
}

export class SharedVersionSource {
  readonly #words: VersionWords;
  readonly #stamps: StampSource;
  readonly #versionsOf: (aggregate: number) => number;

  /** @param versionsOf how many versions an aggregate gets */
  constructor(words: VersionWords, stamps: StampSource, versionsOf: (aggregate: number) => number) {
    this.#words = words;
    this.#stamps = stamps;
    this.#versionsOf = versionsOf;
  }

  /** Claims the aggregate's next version and its publish stamp; null once all of its versions are claimed. */
  claim(aggregate: number): { readonly version: number; readonly stamp: number } | null {
    const at = 2 * aggregate;
    lock(this.#words, at);
    try {
      const version = this.#words[at + 1]! + 1;
      if (version > this.#versionsOf(aggregate)) return null;
      this.#words[at + 1] = version;
      return { version, stamp: this.#stamps.next() };
    } finally {
      unlock(this.#words, at);
    }
  }
}
