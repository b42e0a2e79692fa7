/** Reads a source by the reader that fits what its beginning is, once that is there. */
import { UsageError } from '../../domain/errors.js';
import type { RecordField } from '../../domain/record/record-fields.js';
import { CsvReader } from '../csv/csv-reader.js';
import { stillWrapped } from '../map/no-record.js';
import type { FieldMap } from '../map/parse-map.js';
import { NdjsonReader } from '../ndjson/ndjson-reader.js';
import { pathTree } from '../ndjson/path-tree.js';
import { OtlpReader } from '../otlp/otlp-reader.js';
import type { LineSink, RecordReader } from '../reader.js';
import { wrappingOf, type Wrapping } from '../strip/prefixes.js';
import { StrippingReader } from '../strip/stripping-reader.js';
import type { LinePattern } from '../text/line-pattern.js';
import { TextReader } from '../text/text-reader.js';
import { checkMapFits } from './map-fits.js';
import { formatByContent, markBytes, refuseUtf16, type RecordFormat } from './content.js';

const lineFeed = 0x0a;

export interface ReadingOptions {
  /** null: by the content. */
  readonly format: RecordFormat | null;
  /** null: no line is read as text. */
  readonly pattern: LinePattern | null;
  /** null: lines are as they were written. */
  readonly strip: Wrapping | null;
  readonly map: FieldMap;
  readonly constants: ReadonlyMap<RecordField, string>;
}

/** The part of an opened source that is chosen for. */
export interface NamedSource {
  readonly name: string;
  format: string | null;
}

export class ChosenReader implements RecordReader {
  readonly #options: ReadingOptions;
  readonly #source: NamedSource;
  readonly #sink: LineSink;
  #reader: RecordReader | null = null;

  constructor(options: ReadingOptions, source: NamedSource, sink: LineSink) {
    this.#options = options;
    this.#source = source;
    this.#sink = sink;
  }

  /** @throws {UsageError} if the content fits no reader, or the reader's options do not fit the content */
  read(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    if (this.#reader !== null) return this.#reader.read(bytes, from, to, isLast);
    if (!isLast && !isEnough(bytes, from, to)) return from;
    if (from === to) return to;
    refuseUtf16(bytes, from, to, this.#source.name);
    const begin = from + markBytes(bytes, from, to);
    this.#reader = this.#wrapped(bytes, begin, to);
    return this.#reader.read(bytes, begin, to, isLast);
  }

  dropLine(bytes: Uint8Array, from: number, to: number): void {
    this.#reader ??= this.#wrapped(bytes, from, to);
    this.#reader.dropLine(bytes, from, to);
  }

  /** What is wrapped is chosen for once it is unwrapped. */
  #wrapped(bytes: Uint8Array, from: number, to: number): RecordReader {
    const { strip } = this.#options;
    if (strip === null) return this.#choose(bytes, from, to);
    const inner = new ChosenReader({ ...this.#options, strip: null }, this.#source, this.#sink);
    return new StrippingReader(strip, inner, this.#sink);
  }

  #choose(bytes: Uint8Array, from: number, to: number): RecordReader {
    const { map, constants, pattern } = this.#options;
    const { name } = this.#source;
    const format = this.#options.format ?? (pattern === null ? formatByContent(bytes, from, to, name) : 'text');
    if (format === null) {
      const wrapping = wrappingOf(Buffer.from(bytes.subarray(from, Math.min(to, from + 1_024))).toString('latin1'));
      throw wrapping === null ? neither(name) : stillWrapped(name, wrapping);
    }
    if (format === 'trace') {
      throw new UsageError(
        `${name} is a trace of this tool, which is checked alone, from a file that is not compressed`,
        `eventbus-bench check ${name === 'standard input' ? '-' : name}`,
      );
    }
    checkMapFits(format, map);
    this.#source.format = format;
    switch (format) {
      case 'ndjson':
        return new NdjsonReader(pathTree(map, { only: false }), constants, this.#sink);
      case 'csv':
        return new CsvReader({ source: name, map, constants }, this.#sink);
      case 'otlp':
        return new OtlpReader(map, constants, this.#sink);
      case 'text':
        if (pattern === null) throw neither(name);
        return new TextReader(pattern, constants, this.#sink);
    }
  }
}

/** A line is there, and more than the brace with which an object over many lines begins. */
function isEnough(bytes: Uint8Array, from: number, to: number): boolean {
  const end = to === from ? -1 : bytes.lastIndexOf(lineFeed, to - 1);
  if (end < from) return false;
  const begin = Buffer.from(bytes.subarray(from, Math.min(end, from + 1_024))).toString('latin1');
  return !['', '{'].includes(begin.trim());
}

function neither(name: string): UsageError {
  return new UsageError(
    `${name} is neither JSON nor CSV with a header`,
    "say where the fields are in its lines: --pattern 'order=(?<aggregate>\\S+) seq=(?<version>\\d+)'",
  );
}
