/**
 * Keeps the last lines of what a private server says, in the memory of its watchdog. On a disk that is full, or in a
 * folder that is removed, a log file would be lost; the lines are written to a file only if the server ends by itself
 * in the middle of a run.
 */
import type { Readable } from 'node:stream';

const linesMax = 2_000;

/** How servers and systems say that there is no room left to write: ENOSPC, EFBIG, EDQUOT, JetStream's own limit. */
const fullWords =
  /no space left on device|not enough space on the disk|file too large|disk quota exceeded|JetStream (?:file )?resource limits exceeded|insufficient (?:storage )?resources/i;

/** Whether the text says that the server has no room left for what it was to store. */
export function saysFull(text: string): boolean {
  return fullWords.test(text);
}

/** The part of the text that says that there is no room left: in few words, as the server or the system has them. */
export function fullReason(text: string): string | null {
  return fullWords.exec(text)?.[0] ?? null;
}

export class ServerLog {
  readonly #onLine: (line: string) => void;
  #lines: string[] = [];
  #unfinished = '';

  /** @param onLine called with every line */
  constructor(onLine: (line: string) => void = () => {}) {
    this.#onLine = onLine;
  }

  /** Takes in everything that comes out of the stream. */
  read(stream: Readable): void {
    stream.setEncoding('utf8').on('data', (text: string) => this.#add(text));
    stream.on('error', () => {});
  }

  get text(): string {
    return [...this.#lines, this.#unfinished].filter((line) => line !== '').join('\n');
  }

  #add(text: string): void {
    const lines = (this.#unfinished + text).split(/\r?\n/);
    this.#unfinished = lines.pop() ?? '';
    this.#lines.push(...lines);
    if (this.#lines.length > 2 * linesMax) this.#lines = this.#lines.slice(-linesMax);
    for (const line of lines) this.#onLine(line);
  }
}
