/** What stands between the bytes of a source and what is made of its lines: a reader of one format, and a sink. */
import type { Fields } from './fields.js';

/** What a line that is no part of the record has wrong with it, as a clause. */
export type LineProblem = string;

/** Takes what a reader makes of each line. */
export interface LineSink {
  /** A whole line. The fields are the reader's own, and hold the next line after the call. */
  line(fields: Fields, number: number): void;
  /** A block ends, and its bytes are about to change: whoever has kept pieces of them uses them now. */
  flush(): void;
  /** A line that should have been one of the record. `text` is its beginning; `lacks`: all that is wrong with it. */
  bad(number: number, problem: LineProblem, text: string, lacks?: 'aggregate' | 'version'): void;
  /**
   * A line of something else, such as another message of the same log.
   * @param text makes its beginning
   * @param operation where it is a span: what that is of; null: of no message
   */
  other(number: number, text: () => string, operation?: string | null): void;
}

/** Reads one source. */
export interface RecordReader {
  /**
   * Reads all whole lines between `from` and `to`. What is left, the beginning of a line, is handed over again with
   * more behind it.
   *
   * @param isLast no more will follow: a last line without an end is whole as well
   * @returns up to where it has read
   */
  read(bytes: Uint8Array, from: number, to: number, isLast: boolean): number;
  /** Drops a line that is longer than memory is given to; what follows its end is read on. */
  dropLine(bytes: Uint8Array, from: number, to: number): void;
}

/** The beginning of a line, fit for a message. */
export function excerptOf(bytes: Uint8Array, from: number, to: number, most = 120): string {
  const text = Buffer.from(bytes.subarray(from, Math.min(to, from + most))).toString('utf8');
  return to - from > most ? `${text}…` : text;
}
