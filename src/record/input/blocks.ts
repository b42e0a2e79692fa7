/**
 * The bytes of a source, block by block, each behind what was left of those before it. Where a source allows for it, the
 * next block is on its way while one is read.
 */
import type { ByteSource } from './byte-source.js';

/** Bytes that are asked for at once. */
export const blockBytes = 1_048_576;

/** Bytes to be read: those of the buffer from `from` to `to`. */
export interface Block {
  readonly buffer: Buffer;
  readonly from: number;
  readonly to: number;
  /** How many of them are new, the last ones; 0 at the end. */
  readonly more: number;
}

/** Room in front of a block for what is left over. */
const headBytes = blockBytes;

export class Blocks {
  readonly #source: ByteSource;
  /** What is left over: the bytes of the buffer from `from` to `to`. */
  #buffer: Buffer = Buffer.allocUnsafe(headBytes + blockBytes);
  #from = 0;
  #to = 0;
  /** A block that is on its way, behind the head of its buffer. */
  #coming: { readonly buffer: Buffer; readonly more: Promise<number> } | null = null;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** @throws whatever the source throws */
  async next(): Promise<Block> {
    const more = this.#source.isPatient === true ? await this.#take() : await this.#wait();
    return { buffer: this.#buffer, from: this.#from, to: this.#to, more };
  }

  /** What is left over of the block begins there. */
  keep(from: number): void {
    this.#from = from;
  }

  /** @returns how many bytes were added */
  async #wait(): Promise<number> {
    const held = this.#to - this.#from;
    if (this.#buffer.length - held < blockBytes) this.#buffer = this.#roomier();
    else this.#buffer.copyWithin(0, this.#from, this.#to);
    this.#from = 0;
    const more = await this.#source.readInto(this.#buffer, held);
    this.#to = held + more;
    return more;
  }

  /** As {@link #wait}, and asks for the next block at once. */
  async #take(): Promise<number> {
    const { buffer, more: coming } = this.#coming ?? this.#ask(Buffer.allocUnsafe(headBytes + blockBytes));
    const more = await coming;
    const held = this.#to - this.#from;
    let free = buffer;
    if (held > headBytes) {
      if (this.#buffer.length - this.#to < more) this.#buffer = this.#roomier();
      buffer.copy(this.#buffer, this.#to, headBytes, headBytes + more);
      this.#to += more;
    } else {
      this.#buffer.copy(buffer, headBytes - held, this.#from, this.#to);
      free = this.#buffer.length === buffer.length ? this.#buffer : Buffer.allocUnsafe(buffer.length);
      this.#buffer = buffer;
      this.#from = headBytes - held;
      this.#to = headBytes + more;
    }
    this.#coming = more === 0 ? null : this.#ask(free);
    return more;
  }

  #ask(buffer: Buffer): { readonly buffer: Buffer; readonly more: Promise<number> } {
    const more = this.#source.readInto(buffer, headBytes);
    // Whoever takes no further block is not told of what is wrong with it.
    more.catch(() => {});
    return { buffer, more };
  }

  /** A buffer of twice the size, in which what is left over comes first. */
  #roomier(): Buffer {
    const room = Buffer.allocUnsafe(2 * this.#buffer.length);
    this.#buffer.copy(room, 0, this.#from, this.#to);
    this.#to -= this.#from;
    this.#from = 0;
    return room;
  }
}
