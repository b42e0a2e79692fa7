/** Looks up names of which each is mostly the one before: it is compared with that first. */
import { copyOf } from '../copy-of.js';
import type { Fields } from '../fields.js';
import type { NameTable } from './name-table.js';

export class LastName {
  readonly #table: NameTable;
  #last = new Uint8Array(0);
  #number = -1;

  constructor(table: NameTable) {
    this.#table = table;
  }

  number({ bytes, from, to }: Fields, field: number): number {
    const text = bytes[field]!;
    const begin = from[field]!;
    const end = to[field]!;
    if (this.#number >= 0 && this.#isLast(text, begin, end)) return this.#number;
    this.#last = copyOf(text, begin, end);
    this.#number = this.#table.number(text, begin, end);
    return this.#number;
  }

  #isLast(bytes: Uint8Array, from: number, to: number): boolean {
    const last = this.#last;
    if (to - from !== last.length) return false;
    for (let i = 0; i < last.length; i++) if (bytes[from + i] !== last[i]) return false;
    return true;
  }
}
