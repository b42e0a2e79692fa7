/**
 * Follows a file as it grows, as `tail -F` does: a file that was renamed and made anew is read to its end before the new
 * one, and a file that was truncated is read from its beginning. It is looked at four times a second at most.
 */
import { open, stat, type FileHandle } from 'node:fs/promises';
import type { PieceSource } from '../kept-opener.js';
import { blockBytes } from '../blocks.js';
import { cannotRead } from '../open-source.js';

/** Between two looks at a file that has nothing new, in milliseconds. */
export const lookMs = 250;

const lineFeed = 0x0a;

export interface Following {
  /** Waits for so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  readonly nowMs: () => number;
  /** How long it is followed, in milliseconds; null: for ever. */
  readonly forMs: number | null;
  /** How long it may have nothing new, in milliseconds; null: for ever. */
  readonly idleMs: number | null;
}

export class FollowedFile implements PieceSource {
  readonly name: string;
  readonly goesOn = true;
  readonly #following: Following;
  #file: FileHandle | null = null;
  #position = 0;
  #endsLine = true;
  #isReplaced = false;
  #isClosed = false;
  #begunAtMs = 0;
  #newsAtMs = 0;
  /** How often the file was truncated: what had not been read by then is not known. */
  truncations = 0;

  constructor(name: string, following: Following) {
    this.name = name;
    this.#following = following;
  }

  /** @throws {UsageError} if it cannot be read */
  async open(): Promise<void> {
    this.#file = await open(this.name, 'r').catch((cause: unknown) => {
      throw cannotRead(this.name, cause);
    });
    this.#begunAtMs = this.#newsAtMs = this.#following.nowMs();
  }

  /** Waits until there is more, or its time is over. */
  async next(): Promise<Uint8Array | null> {
    while (!this.#isClosed && !this.#isOver()) {
      const piece = (await this.#more()) ?? (await this.#fromAnew());
      if (piece !== null) {
        this.#newsAtMs = this.#following.nowMs();
        return piece;
      }
      await this.#following.pause(lookMs);
    }
    return null;
  }

  #isOver(): boolean {
    const { nowMs, forMs, idleMs } = this.#following;
    const now = nowMs();
    return (forMs !== null && now - this.#begunAtMs >= forMs) || (idleMs !== null && now - this.#newsAtMs >= idleMs);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#file?.close();
    this.#file = null;
  }

  async #more(): Promise<Uint8Array | null> {
    if (this.#file === null) return null;
    const buffer = Buffer.allocUnsafeSlow(blockBytes);
    const { bytesRead } = await this.#file.read(buffer, 0, blockBytes, this.#position);
    if (bytesRead === 0) return null;
    this.#position += bytesRead;
    this.#isReplaced = false;
    return this.#ending(buffer.subarray(0, bytesRead));
  }

  /**
   * What is read next if the file was truncated or made anew: the end of a line that has none. A file that was renamed
   * may be written to for a moment still, so the new one waits until the old one has nothing new twice.
   */
  async #fromAnew(): Promise<Uint8Array | null> {
    const file = this.#file;
    const there = await stat(this.name).catch(() => null);
    if (file === null || there === null) return null;
    const held = await file.stat();
    if (held.size < this.#position) {
      this.truncations++;
      return this.#begin(file);
    }
    if (there.ino === held.ino && there.dev === held.dev) return null;
    if (!this.#isReplaced) {
      this.#isReplaced = true;
      return null;
    }
    const next = await open(this.name, 'r').catch(() => null);
    if (next === null) return null;
    await file.close();
    return this.#begin(next);
  }

  #begin(file: FileHandle): Promise<Uint8Array | null> {
    this.#file = file;
    this.#position = 0;
    this.#isReplaced = false;
    if (this.#endsLine) return this.#more();
    return Promise.resolve(this.#ending(Uint8Array.of(lineFeed)));
  }

  #ending(piece: Uint8Array): Uint8Array {
    this.#endsLine = piece.at(-1) === lineFeed;
    return piece;
  }
}
