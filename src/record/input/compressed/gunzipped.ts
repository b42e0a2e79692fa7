/**
 * Decompresses gzip while it is read. Where the file was cut off, what came before is handed on, and the end says so. Of
 * a damaged file nothing is believed, since the damage shows later than it is.
 */
import { createGunzip } from 'node:zlib';
import type { ByteSource } from '../byte-source.js';
import { blockBytes } from '../blocks.js';
import { damaged, type Decompressed } from './compression.js';

export function gunzipped(source: ByteSource, name: string): Decompressed {
  return new Gunzipped(source, name);
}

class Gunzipped implements Decompressed {
  readonly #source: ByteSource;
  readonly #name: string;
  readonly #gunzip = createGunzip({ chunkSize: blockBytes / 4 });
  #rest: Buffer | null = null;
  #isWriting = false;
  #isAtEnd = false;
  #hasEnded = false;
  #error: NodeJS.ErrnoException | null = null;
  /** Ends the wait for what the stream does next. */
  #wake: () => void = () => {};
  badEnd: string | null = null;

  constructor(source: ByteSource, name: string) {
    this.#source = source;
    this.#name = name;
    this.#gunzip
      .on('readable', () => this.#wake())
      .on('end', () => this.#stop(null))
      .on('error', (error) => this.#stop(error));
  }

  async readInto(buffer: Buffer, from: number): Promise<number> {
    for (;;) {
      this.#rest ??= this.#gunzip.read() as Buffer | null;
      if (this.#rest !== null) {
        const rest = this.#rest;
        const copied = rest.copy(buffer, from);
        this.#rest = copied < rest.length ? rest.subarray(copied) : null;
        return copied;
      }
      if (this.#error !== null && this.#error.code !== 'Z_BUF_ERROR') throw damaged(this.#name, 'gzip', this.#error);
      if (this.#hasEnded) return 0;
      const changed = new Promise<void>((resolve) => (this.#wake = resolve));
      if (!this.#isWriting && !this.#isAtEnd) await this.#write();
      else await changed;
    }
  }

  close(): void {
    this.#gunzip.destroy();
  }

  async #write(): Promise<void> {
    const block = Buffer.allocUnsafe(blockBytes / 4);
    const length = await this.#source.readInto(block, 0);
    if (length === 0) {
      this.#isAtEnd = true;
      this.#gunzip.end();
      return;
    }
    this.#isWriting = true;
    this.#gunzip.write(block.subarray(0, length), () => {
      this.#isWriting = false;
      this.#wake();
    });
  }

  #stop(error: NodeJS.ErrnoException | null): void {
    this.#hasEnded = true;
    this.#error = error;
    if (error !== null) this.badEnd = 'the gzip file is cut off here';
    this.#wake();
  }
}
