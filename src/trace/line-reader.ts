/**
 * Reads a file of any length, or a stream, line by line, in blocks, one batch of lines for each block. No more is in
 * memory than one block and the line that crosses its end. Works on pipes as well as on files.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { InterruptedError, UsageError } from '../domain/errors.js';
import { systemErrorCode, systemErrorText } from '../text/system-errors.js';

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
  /** Read in place of the file; the path is then only the name of it in messages. */
  readonly input?: Readable | undefined;
  /** Bytes read at once. */
  readonly blockBytes?: number;
  /** What a line has beyond this, across blocks, is cut off. */
  readonly longestLineBytes?: number;
}

const lineFeed = 0x0a;

/** @throws {UsageError} if the file cannot be read, {@link InterruptedError} once the signal is aborted */
export async function* readLineBatches(path: string, options: LineReaderOptions = {}): AsyncGenerator<LineBatch> {
  const splitter = new LineSplitter(options.longestLineBytes ?? 64 * 1_048_576);
  for await (const block of blocksOf(path, options)) {
    const batch = splitter.add(block);
    if (batch !== null) yield batch;
  }
  const last = splitter.end();
  if (last !== null) yield last;
}

/** A block is valid until the next one is asked for. */
async function* blocksOf(path: string, { input, signal, blockBytes }: LineReaderOptions): AsyncGenerator<Buffer> {
  try {
    if (input === undefined) yield* blocksOfFile(path, blockBytes ?? 524_288, signal);
    else yield* signal === undefined ? input : addAbortSignal(signal, input);
  } catch (error) {
    if (signal?.aborted === true) throw new InterruptedError();
    throw error instanceof UsageError ? error : cannotRead(path, error);
  }
}

async function* blocksOfFile(path: string, blockBytes: number, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const block = Buffer.allocUnsafe(blockBytes);
  const file = await openForReading(path);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(block, 0, block.length, null);
      if (bytesRead === 0) return;
      yield block.subarray(0, bytesRead);
    }
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
  const file = await open(path, 'r');
  if (!(await file.stat()).isDirectory()) return file;
  await file.close();
  throw new UsageError(`${path} is a folder, not a trace`, wayOut);
}

const wayOut = 'name the file that `run --trace FILE` wrote, or - for standard input';

function cannotRead(path: string, cause: unknown): UsageError {
  if (path === '') return new UsageError('the name of the trace is empty', wayOut, { cause });
  if (systemErrorCode(cause) === 'ENOENT') return new UsageError(`there is no trace ${path}`, wayOut, { cause });
  return new UsageError(`the trace ${path} cannot be read: ${systemErrorText(cause)}`, wayOut, { cause });
}
