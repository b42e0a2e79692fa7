/** Checks records that are made up in memory, given in blocks of any size. */
import { parseMap } from '../../src/record/map/parse-map.js';
import { ChosenReader, type ReadingOptions } from '../../src/record/choice/chosen-reader.js';
import { decompressing } from '../../src/record/input/compressed/decompressed.js';
import type { SourceOpener } from '../../src/record/input/open-source.js';
import { LinePattern } from '../../src/record/text/line-pattern.js';
import type { RecordField } from '../../src/domain/record/record-fields.js';
import type { RecordReport } from '../../src/domain/record/record-report.js';
import { checkRecord } from '../../src/run/check-record.js';

export interface Asked extends Partial<Pick<ReadingOptions, 'format' | 'strip'>> {
  readonly map?: string;
  readonly pattern?: string;
  /** Bytes that are handed over at once, at most. */
  readonly blockBytes?: number;
  readonly complete?: boolean;
}

export async function checked(content: string | Buffer, asked: Asked = {}): Promise<RecordReport> {
  const map = parseMap(asked.map ?? '');
  const constants = new Map<RecordField, string>();
  for (const [field, from] of map) if (from.kind === 'constant') constants.set(field, from.text);
  const pattern = asked.pattern === undefined ? null : new LinePattern(asked.pattern, map);
  const options = { format: asked.format ?? null, strip: asked.strip ?? null, pattern, map, constants };
  return checkRecord({
    ...{ map, filter: null, versions: 'dense', firstVersion: null, timeUnit: 'ms', complete: asked.complete ?? false },
    ...{ allow: [], minAtRisk: 30, badLines: 'skip' },
    sources: [decompressing(opener(Buffer.from(content), asked.blockBytes ?? Number.MAX_SAFE_INTEGER))],
    readerOf: (source, sink) => new ChosenReader(options, source, sink),
  });
}

function opener(content: Buffer, blockBytes: number): SourceOpener {
  return {
    open: () => {
      let at = 0;
      return Promise.resolve({
        ...{ name: 'made-up', format: null, totalBytes: content.length },
        readInto: (buffer: Buffer, from: number) => {
          const copied = content.copy(buffer, from, at, Math.min(content.length, at + blockBytes));
          at += copied;
          return Promise.resolve(copied);
        },
        close: () => Promise.resolve(),
      });
    },
  };
}

/** An aggregate, and versions of it in the order of their lines. */
export const turned: readonly (readonly [aggregate: string, version: number])[] = [
  ['a', 1],
  ['b', 1],
  ['a', 3],
  ['b', 2],
  ['a', 2],
  ['b', 3],
];

/** What {@link turned} comes to. */
export const turnedCounts = { handled: 6, regressions: 1, duplicates: 0 };

export const ndjson = turned.map(([aggregate, version]) => JSON.stringify({ aggregate, version }));
