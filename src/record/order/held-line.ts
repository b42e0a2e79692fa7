/** Lines that wait for their place in the order of a counter, with a copy of their fields: the bytes they were read from change. */
import { recordFields } from '../../domain/record/record-fields.js';
import type { Fields } from '../fields.js';

export interface HeldLine {
  /** Its counter. */
  readonly order: number | bigint;
  /** In its source, from 1. */
  readonly number: number;
  /** Its fields, a bit for each. */
  readonly mask: number;
  readonly bytes: Uint8Array;
  readonly from: number;
  /** Where each field of the mask ends; the first begins at {@link from}, each other one where the last ended. */
  readonly ends: readonly number[];
}

/** The bytes of lines that are held lie together: an array of its own for each line would take longer than the rest. */
const roomBytes = 1_048_576;

export class LineHolder {
  readonly #left: number;
  #room = new Uint8Array(roomBytes);
  #used = 0;

  /** @param left fields that are not kept, a bit for each */
  constructor(left: number) {
    this.#left = left;
  }

  hold(order: number | bigint, number: number, fields: Fields): HeldLine {
    const mask = fields.mask & ~this.#left;
    const from = this.#roomFor(mask, fields);
    const bytes = this.#room;
    const ends: number[] = [];
    let at = from;
    for (let field = 0; field < recordFields.length; field++) {
      if ((mask & (1 << field)) === 0) continue;
      const source = fields.bytes[field]!;
      for (let next = fields.from[field]!; next < fields.to[field]!; next++) bytes[at++] = source[next]!;
      ends.push(at);
    }
    this.#used = at;
    return { order, number, mask, bytes, from, ends };
  }

  /** @returns where there is room for the fields */
  #roomFor(mask: number, fields: Fields): number {
    let length = 0;
    for (let field = 0; field < recordFields.length; field++) {
      if ((mask & (1 << field)) !== 0) length += fields.to[field]! - fields.from[field]!;
    }
    if (this.#used + length > this.#room.length) {
      this.#room = new Uint8Array(Math.max(roomBytes, length));
      this.#used = 0;
    }
    return this.#used;
  }
}

/** Puts the fields of a line in place of those of another. */
export function putInto(fields: Fields, { mask, bytes, from, ends }: HeldLine): void {
  fields.mask = 0;
  let begin = from;
  let next = 0;
  for (let field = 0; field < recordFields.length; field++) {
    if ((mask & (1 << field)) === 0) continue;
    const end = ends[next++]!;
    fields.set(field, bytes, begin, end);
    begin = end;
  }
}
