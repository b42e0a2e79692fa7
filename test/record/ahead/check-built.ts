/** Checks files with what was built, ahead and not, and compares the reports. */
import { expect } from 'vitest';
import type { RecordField, VersionRule } from '../../../src/domain/record/record-fields.js';
import type { RecordReport } from '../../../src/domain/record/record-report.js';
import type { Sharing } from '../../../src/record/ahead/two-threads.js';
import type * as ReaderModule from '../../../src/record/choice/chosen-reader.js';
import type { ReadingOptions } from '../../../src/record/choice/chosen-reader.js';
import type * as CompressedModule from '../../../src/record/input/compressed/decompressed.js';
import type * as OpenModule from '../../../src/record/input/open-source.js';
import { parseMap } from '../../../src/record/map/parse-map.js';
import type * as CheckModule from '../../../src/run/check-record.js';
import type { CheckRecordOptions } from '../../../src/run/check-record-options.js';

const built = (path: string): string => new URL(`../../../dist/${path}.js`, import.meta.url).href;
const { checkRecord } = (await import(built('run/check-record'))) as typeof CheckModule;
const { ChosenReader } = (await import(built('record/choice/chosen-reader'))) as typeof ReaderModule;
const { decompressing } = (await import(built('record/input/compressed/decompressed'))) as typeof CompressedModule;
const { fileOpener } = (await import(built('record/input/open-source'))) as typeof OpenModule;

export interface Asked extends Partial<Pick<ReadingOptions, 'format' | 'strip'>> {
  readonly map?: string;
  readonly versions?: VersionRule;
  readonly firstVersion?: number;
  readonly sharing?: Sharing;
  readonly options?: Partial<CheckRecordOptions>;
}

/** @param fromBytes how large the files are that are read ahead; null: none is */
export async function check(paths: readonly string[], fromBytes: number | null, asked: Asked): Promise<RecordReport> {
  const map = parseMap(asked.map ?? '');
  const constants = new Map<RecordField, string>();
  for (const [field, from] of map) if (from.kind === 'constant') constants.set(field, from.text);
  const reading = { format: asked.format ?? null, strip: asked.strip ?? null, map, constants };
  return checkRecord({
    ...{ map, filter: null, versions: asked.versions ?? 'dense', firstVersion: asked.firstVersion ?? null },
    ...{ timeUnit: 'ms', complete: false, allow: [], minAtRisk: 30, badLines: 'skip' },
    sources: paths.map((path) => decompressing(fileOpener(path))),
    readerOf: (source, sink) => new ChosenReader({ ...reading, pattern: null }, source, sink),
    ahead: fromBytes === null ? null : { paths, reading, fromBytes, ...(asked.sharing && { sharing: asked.sharing }) },
    ...asked.options,
  });
}

/** How a check ends: what was measured left out. */
async function ending(paths: readonly string[], fromBytes: number | null, asked: Asked): Promise<unknown> {
  try {
    return { ...(await check(paths, fromBytes, asked)), wallDurationMs: 0, peakRssBytes: 0 };
  } catch (error) {
    return String(error);
  }
}

/** @returns how both end: a report, or an error as text */
export async function expectSame(paths: readonly string[], asked: Asked = {}, why = ''): Promise<unknown> {
  const here = await ending(paths, null, asked);
  expect(await ending(paths, 0, asked), why).toEqual(here);
  return here;
}
