/**
 * Writes a trace to the disk. Lines are gathered and appended in pieces of about 64 KiB by plain blocking writes:
 * memory stays bounded whatever the disk does, and all but the last piece survives a crash.
 *
 * A write that fails (disk full) does not end the run whose trace it is: the file keeps what it has, takes no more, and
 * throws when it is closed.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { UsageError } from '../domain/errors.js';
import { writeErrorText } from '../text/system-errors.js';
import { LineBuffer } from './line-buffer.js';

const pieceBytes = 65_536;

export class TraceFile {
  readonly path: string;
  /** What is to be written next. A caller that has added a whole line calls {@link lineDone}. */
  readonly lines = new LineBuffer(2 * pieceBytes);
  readonly #descriptor: number;
  #bytesWritten = 0;
  #failure: UsageError | null = null;
  #closed = false;

  /** Makes the file, or empties it. @throws {UsageError} if it cannot be written */
  constructor(path: string) {
    this.path = path;
    try {
      this.#descriptor = openSync(path, 'w');
    } catch (error) {
      throw cannotWrite(path, error, 'name a file in a folder that exists and that you may write to');
    }
  }

  /** Bytes on the disk so far. */
  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  /** Why the file takes no more lines; null if it takes more. */
  get failure(): UsageError | null {
    return this.#failure;
  }

  /** A whole line was added: writes what is pending once it fills a piece. */
  lineDone(): void {
    if (this.lines.length >= pieceBytes) this.flush();
  }

  /** Writes what is pending. */
  flush(): void {
    const pending = this.lines.written();
    this.lines.clear();
    if (this.#failure !== null || this.#closed) return;
    try {
      for (let done = 0; done < pending.length;) done += writeSync(this.#descriptor, pending, done);
      this.#bytesWritten += pending.length;
    } catch (error) {
      this.#failure = cannotWrite(this.path, error, 'make room or name another file, and run again');
    }
  }

  /** Safe to call twice. @throws {UsageError} if not everything could be written; the file is closed all the same */
  close(): void {
    if (this.#closed) return;
    this.flush();
    this.#closed = true;
    closeSync(this.#descriptor);
    if (this.#failure !== null) throw this.#failure;
  }
}

function cannotWrite(path: string, error: unknown, wayOut: string): UsageError {
  return new UsageError(`the trace ${path} cannot be written: ${writeErrorText(error)}`, wayOut, { cause: error });
}
