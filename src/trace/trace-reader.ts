/**
 * Reads a trace of any length as a stream, segment by segment. A file whose first line is not a header of a trace is
 * refused. Everything after that is taken as far as it goes: a damaged or broken-off segment is read like any other and
 * says of itself what is missing.
 */
import { UsageError } from '../domain/errors.js';
import type { Names, ObservationSink } from '../domain/observation.js';
import { readLineBatches, type LineBatch, type LineReaderOptions } from './line-reader.js';
import { SegmentReader, type TraceSegment } from './segment-reader.js';
import { LineProblem, shorten, type Fields } from './trace-fields.js';
import { traceFormat, type TraceHeader } from './trace-format.js';
import { isHeader, parseHeader } from './trace-header.js';

export interface TraceVisitor {
  /** A segment begins. Its observations go to the sink returned; `names` grow while they do. */
  begin(header: TraceHeader, names: Names): ObservationSink;
  end(segment: TraceSegment): void | Promise<void>;
}

export interface TraceReaderOptions extends LineReaderOptions {
  /** Called after each block that was read. */
  readonly onBlock?: () => void;
}

/**
 * Reads a trace from beginning to end.
 * @throws {UsageError} if the file cannot be read or is no trace of a version known here: names file, line and reason
 */
export async function readTrace(path: string, visitor: TraceVisitor, options: TraceReaderOptions = {}): Promise<void> {
  const reader = new TraceReader(path, visitor);
  for await (const batch of readLineBatches(path, options)) {
    await reader.take(batch);
    options.onBlock?.();
  }
  await reader.end();
}

const wayOut = 'name the file that `run --trace FILE` wrote, or - for standard input';

class TraceReader {
  readonly #path: string;
  readonly #visitor: TraceVisitor;
  #segment: SegmentReader | null = null;

  constructor(path: string, visitor: TraceVisitor) {
    this.#path = path;
    this.#visitor = visitor;
  }

  async take({ lines, firstNumber, unterminated }: LineBatch): Promise<void> {
    for (let i = 0; i < lines.length; i++) {
      const lineNumber = firstNumber + i;
      const text = lineNumber === 1 ? withoutByteOrderMark(lines[i]!) : lines[i]!;
      const line = parseJson(text);
      if (line === undefined) {
        const isCutOff = unterminated && i === lines.length - 1;
        this.#takeUnreadable(text, { lineNumber, isCutOff, lines });
      } else if (isHeader(line)) await this.#begin(line, lineNumber);
      else if (this.#segment === null) throw this.#notATrace(text, lineNumber, lines);
      else this.#segment.take(line, lineNumber);
    }
  }

  async end(): Promise<void> {
    if (this.#segment === null) throw new UsageError(`${this.#path} is empty`, wayOut);
    await this.#visitor.end(this.#segment.close());
  }

  async #begin(line: Fields, lineNumber: number): Promise<void> {
    if (this.#segment !== null) await this.#visitor.end(this.#segment.close());
    let header: TraceHeader;
    try {
      header = parseHeader(line);
    } catch (error) {
      if (!(error instanceof LineProblem)) throw error;
      throw new UsageError(
        `${this.#path}, line ${lineNumber}, is a header that cannot be used: ${error.message}`,
        wayOut,
      );
    }
    this.#segment = new SegmentReader(header, (names) => this.#visitor.begin(header, names));
  }

  /** No JSON: blank, the line in which the file was cut off, or foreign. */
  #takeUnreadable(
    text: string,
    { lineNumber, isCutOff, lines }: { lineNumber: number; isCutOff: boolean; lines: readonly string[] },
  ): void {
    if (text.trim() === '') return;
    if (this.#segment === null) throw this.#notATrace(text, lineNumber, lines);
    if (!isCutOff) this.#segment.foreign(lineNumber, `it is not JSON: ${shorten(text)}`);
  }

  /** @param lines what was read with the line, by which a report is known */
  #notATrace(text: string, lineNumber: number, lines: readonly string[]): UsageError {
    const where = `${this.#path}, line ${lineNumber},`;
    if (text.startsWith('{"kind":"header"') && text.includes(traceFormat)) {
      return new UsageError(`${where} breaks off within the header, so nothing is known of the run`, 'record it again');
    }
    if (text.startsWith('\u001f')) {
      return new UsageError(`${where} is compressed, not text`, 'unpack it first, for example with gunzip');
    }
    if (/[\0\ufffd]/.test(text)) {
      return new UsageError(`${this.#path} is not text in UTF-8`, wayOut);
    }
    if (lines.slice(0, 3).some((line) => /^\W*"schemaVersion":/.test(line))) {
      return new UsageError(
        `${this.#path} is a report, not a trace`,
        'eventbus-bench report shows it; a trace is what `run --trace FILE` wrote',
      );
    }
    return new UsageError(`${where} should be the header of a trace, but it is ${shorten(text)}`, wayOut);
  }
}

function withoutByteOrderMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** undefined if it is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
