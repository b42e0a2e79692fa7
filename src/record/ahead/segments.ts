/**
 * Reads a file of lines in segments of the same length, in any order. A line belongs to the segment in which it begins, so
 * the last one of a segment goes on in the next, and each line is of one segment.
 */
import { readSync } from 'node:fs';
import { NotPacked } from '../engine.js';
import type { SegmentsOrder } from './protocol.js';

const lineFeed = 0x0a;

/** What is read of the line that goes on in the next segment, at first, and at most. */
const spareBytes = 16_384;
const spareMost = 16 * 1_048_576;

/** Whole lines: those of the buffer from `from` to `to`. */
export interface Segment {
  readonly buffer: Buffer;
  readonly from: number;
  readonly to: number;
  /** Where the last one ends in the file, its line feed included. */
  readonly end: number;
}

/** It waits for the disk in its own thread, since there are as many threads that read as there are processors. */
export class Segments {
  readonly #order: SegmentsOrder;
  #buffer: Buffer;

  constructor(order: SegmentsOrder) {
    this.#order = order;
    this.#buffer = Buffer.allocUnsafe(1 + order.bytes + spareBytes);
  }

  /**
   * Its bytes are of no meaning once a further segment was asked for.
   * @throws {NotPacked} if the file ends before the segment does or cannot be read, or if a line is too long for it
   */
  read(number: number): Segment {
    const { bytes } = this.#order;
    // The byte before the segment says whether a line begins with it.
    const begin = Math.max(0, number * bytes - 1);
    const lastByte = (number + 1) * bytes - 1 - begin;
    let length = this.#fill(0, begin);
    let last = lineEndFrom(this.#buffer, lastByte, length);
    while (last < 0) {
      const full = this.#buffer;
      if (length < full.length || length > bytes + spareMost) throw new NotPacked();
      this.#buffer = Buffer.allocUnsafe(2 * full.length);
      full.copy(this.#buffer);
      length += this.#fill(length, begin + length);
      last = lineEndFrom(this.#buffer, full.length, length);
    }
    const buffer = this.#buffer;
    const from = number === 0 ? 0 : buffer.indexOf(lineFeed) + 1;
    return { buffer, from, to: last + 1, end: begin + last + 1 };
  }

  /** @returns how many bytes there were: fewer than there is room for at the end of the file only */
  #fill(from: number, position: number): number {
    const buffer = this.#buffer;
    let filled = 0;
    while (from + filled < buffer.length) {
      const more = this.#readInto(from + filled, position + filled);
      if (more === 0) break;
      filled += more;
    }
    return filled;
  }

  #readInto(from: number, position: number): number {
    try {
      return readSync(this.#order.file, this.#buffer, from, this.#buffer.length - from, position);
    } catch {
      // Whoever reads the file in one thread is told of it.
      throw new NotPacked();
    }
  }
}

/** @returns where the first line ends that ends from there on; -1: none does */
function lineEndFrom(buffer: Buffer, from: number, length: number): number {
  const found = buffer.indexOf(lineFeed, from);
  return found < length ? found : -1;
}
