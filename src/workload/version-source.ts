/**
 * Counts the versions of aggregates. A version and the stamp of its publish call are claimed in one step, so publish
 * stamps of an aggregate rise with its versions even where several publishers (wrongly) own it.
 */
import type { StampSource } from '../runtime/ports.js';

export interface ClaimedVersion {
  readonly version: number;
  readonly stamp: number;
}

export interface VersionSource {
  /** Claims the aggregate's next version; null once all of its versions are claimed. */
  claim(aggregate: number): ClaimedVersion | null;
}

/** For publishers that live in one thread. */
export class LocalVersionSource implements VersionSource {
  readonly #stamps: StampSource;
  readonly #last: number[];
  readonly #versionsOf: (aggregate: number) => number;

  /** @param versionsOf how many versions an aggregate gets */
  constructor(stamps: StampSource, aggregates: number, versionsOf: (aggregate: number) => number) {
    this.#stamps = stamps;
    this.#last = new Array<number>(aggregates).fill(0);
    this.#versionsOf = versionsOf;
  }

  claim(aggregate: number): ClaimedVersion | null {
    const version = this.#last[aggregate]! + 1;
    if (version > this.#versionsOf(aggregate)) return null;
    this.#last[aggregate] = version;
    return { version, stamp: this.#stamps.next() };
  }
}
