/** Checks a record that is made in memory, for tests. */
import type { SourceOpener } from '../../src/record/input/open-source.js';
import type { RecordReport } from '../../src/domain/record/record-report.js';
import { parseMap } from '../../src/record/map/parse-map.js';
import { NdjsonReader } from '../../src/record/ndjson/ndjson-reader.js';
import { pathTree } from '../../src/record/ndjson/path-tree.js';
import { checkRecord } from '../../src/run/check-record.js';
import type { CheckRecordOptions } from '../../src/run/check-record-options.js';

export interface LinesOptions extends Omit<Partial<CheckRecordOptions>, 'map'> {
  readonly map?: string;
  /** Bytes that are read at once; all if absent. */
  readonly chunk?: number;
}

/** A source that hands out its bytes in chunks. */
export function bytesOpener(name: string, bytes: Uint8Array, chunk = bytes.length): SourceOpener {
  return {
    open: () => {
      let at = 0;
      return Promise.resolve({
        ...{ name, format: null, totalBytes: bytes.length },
        readInto: (buffer: Buffer, from: number) => {
          const piece = bytes.subarray(at, at + Math.min(chunk, buffer.length - from));
          buffer.set(piece, from);
          at += piece.length;
          return Promise.resolve(piece.length);
        },
        close: () => Promise.resolve(),
      });
    },
  };
}

/** A record of one line for each object; texts are lines as they are. */
export type Lines = readonly (object | string)[];

export function textOf(lines: Lines): string {
  return lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
}

/** @param sources lines by name of the source */
export function checkSources(
  sources: Readonly<Record<string, Lines>>,
  { map = '', chunk, ...options }: LinesOptions = {},
): Promise<RecordReport> {
  const openers = Object.entries(sources).map(([name, lines]) =>
    bytesOpener(name, new TextEncoder().encode(textOf(lines)), chunk),
  );
  return checkOpeners(openers, { map, ...options });
}

export function checkLines(lines: Lines, options: LinesOptions = {}): Promise<RecordReport> {
  return checkSources({ 'orders.ndjson': lines }, options);
}

export function checkOpeners(
  sources: readonly SourceOpener[],
  { map = '', ...options }: LinesOptions = {},
): Promise<RecordReport> {
  const fields = parseMap(map);
  const constants = new Map(
    [...fields].flatMap(([field, from]) => (from.kind === 'constant' ? [[field, from.text] as const] : [])),
  );
  return checkRecord({
    sources,
    map: fields,
    filter: null,
    versions: 'dense',
    firstVersion: null,
    timeUnit: 'ms',
    complete: false,
    allow: [],
    minAtRisk: 30,
    badLines: 'skip',
    readerOf: (source, sink) => {
      source.format = 'ndjson';
      return new NdjsonReader(pathTree(fields, { only: false }), constants, sink);
    },
    ...options,
  });
}
