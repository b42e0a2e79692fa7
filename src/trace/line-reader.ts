/**
 * Reads a file of any length line by line, in blocks, one batch of lines for each block. No more is in memory than one
 * block and the line that crosses its end. Works on pipes as well as on files.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { InterruptedError, UsageError } from '../domain/errors.js';

export interface LineBatch {
  /** Without line ends; a carriage return before the line end is still there. */
  readonly lines: readonly string[];
  /** Number of the first of them, from 1. */
  readonly firstNumber: number;
  /** True if the last line of the batch is the file's last and has no line end. */
  readonly unterminated: boolean;
}

export interface LineReaderOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes read at once. */
  readonly blockBytes?: number;
  /** What a line has beyond this, across blocks, is cut off. */
  readonly longestLineBytes?: number;
}

const lineFeed = 0x0a;

/** @throws {UsageError} if the file cannot be read, {@link InterruptedError} once the signal is aborted */
export async function* readLineBatches(path: string, options: LineReaderOptions = {}): AsyncGenerator<LineBatch> {
  const splitter = new LineSplitter(options.longestLineBytes ?? 64 * 1_048_576);
  const block = Buffer.allocUnsafe(options.blockBytes ?? 524_288);
  const file = await openForReading(path);
  try {
    for (;;) {
      if (options.signal?.aborted === true) throw new InterruptedError();
      const { bytesRead } = await file.read(block, 0, block.length, null).catch((error: unknown) => {
        throw cannotRead(path, error);
      });
      if (bytesRead === 0) break;
      const batch = splitter.add(block.subarray(0, bytesRead));
      if (batch !== null) yield batch;
    }
    const last = splitter.end();
    if (last !== null) yield last;
  } finally {
    await file.close();
  }
}

/** Cuts blocks into lines. */
class LineSplitter {
  readonly #longestLineBytes: number;
  #number = 1;
  /** The beginning of the line that the last block ended in. */
  #rest: Buffer[] = [];
  #restBytes = 0;

  constructor(longestLineBytes: number) {
    this.#longestLineBytes = longestLineBytes;
  }

  add(block: Buffer): LineBatch | null {
    const lastLineFeed = block.lastIndexOf(lineFeed);
    if (lastLineFeed < 0) {
      this.#keep(block);
      return null;
    }
    const text = this.#take(block.subarray(0, lastLineFeed));
    this.#keep(block.subarray(lastLineFeed + 1));
    return this.#batch(text.split('\n'), false);
  }

  end(): LineBatch | null {
    return this.#restBytes === 0 ? null : this.#batch([this.#take(Buffer.alloc(0))], true);
  }

  #batch(lines: string[], unterminated: boolean): LineBatch {
    const firstNumber = this.#number;
    this.#number += lines.length;
    return { lines, firstNumber, unterminated };
  }

  #keep(bytes: Buffer): void {
    const room = this.#longestLineBytes - this.#restBytes;
    const kept = bytes.subarray(0, Math.max(0, room));
    if (kept.length === 0) return;
    this.#rest.push(Buffer.from(kept));
    this.#restBytes += kept.length;
  }

  #take(end: Buffer): string {
    const rest = this.#rest;
    if (rest.length === 0) return end.toString('utf8');
    this.#rest = [];
    this.#restBytes = 0;
    return Buffer.concat([...rest, end]).toString('utf8');
  }
}

async function openForReading(path: string): Promise<FileHandle> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw cannotRead(path, error);
  }
  if ((await file.stat()).isDirectory()) {
    await file.close();
    throw new UsageError(`the trace ${path} is a folder`, 'name the file that `run --trace FILE` wrote');
  }
  return file;
}

function cannotRead(path: string, error: unknown): UsageError {
  const why = error instanceof Error ? error.message : String(error);
  return new UsageError(`the trace ${path} cannot be read: ${why}`, 'name the file that `run --trace FILE` wrote', {
    cause: error,
  });
}
