/** The JSON contract of the report of a record: real reports satisfy it, and commands that want runs say what it is. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { HistoryEvent, HistoryOptions } from '../../../src/domain/record/history-event.js';
import { UsageError } from '../../../src/domain/errors.js';
import { parseBaseline } from '../../../src/report/contract/parse-baseline.js';
import { parseReports } from '../../../src/report/contract/parse-report.js';
import { recordReportJsonSchema, recordReportSchema } from '../../../src/report/contract/record-schema.js';
import { checkHistory } from '../../../src/run/check-history.js';

const schemaFile = new URL('../../../docs/record-report.schema.json', import.meta.url);
const ajv = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true });
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')) as object);

/** Published and delivered by version, handled one after the other in the order given. */
function stages(...handled: readonly number[]): HistoryEvent[] {
  const line = (ev: 'publish' | 'deliver' | 'start' | 'finish', version: number): HistoryEvent => ({
    ...{ ev, aggregate: 'a', version, topic: 't', position: version, partition: 0, deliveryCount: 1 },
    ...{ subscription: 's', lane: version, publisher: 'p' },
  });
  const versions = [...handled].sort((a, b) => a - b);
  return [
    ...versions.map((version) => line('publish', version)),
    ...versions.map((version) => line('deliver', version)),
    ...handled.flatMap((version) => [line('start', version), line('finish', version)]),
  ];
}

const histories: readonly (readonly [string, readonly HistoryEvent[], HistoryOptions])[] = [
  ['nothing', [], {}],
  ['handlings alone, out of order', [3, 1, 1].map((version) => ({ aggregate: 'a', version })), { firstVersion: 1 }],
  ['versions beyond 2^53', [2n ** 60n + 1n, 2n ** 60n].map((version) => ({ aggregate: 'a', version })), {}],
  ['rising versions', [30, 10].map((version) => ({ aggregate: 'a', version, id: 'x' })), { versions: 'rising' }],
  ['all stages, in order', stages(1, 2, 3, 4, 5), { complete: true, minAtRisk: 1 }],
  ['all stages, out of order', stages(1, 3, 2, 4, 5), { complete: true }],
  [
    'several sources',
    ['x', 'y'].map((source, at) => ({ aggregate: 'a', version: at + 1, source })),
    { versions: 'dense' },
  ],
];

function reportOf(history: readonly HistoryEvent[], options: HistoryOptions): Record<string, unknown> {
  return JSON.parse(JSON.stringify(checkHistory(history, options))) as Record<string, unknown>;
}

describe('docs/record-report.schema.json', () => {
  it('is up to date with the schema in the source (npm run build && node tools/write-schemas.mjs)', () => {
    expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(JSON.parse(JSON.stringify(recordReportJsonSchema())));
  });

  it.each(histories)('accepts the report of %s', (_, history, options) => {
    const report = reportOf(history, options);
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    expect(recordReportSchema.parse(report)).toEqual(report);
  });

  it('has reports of every outcome before it', () => {
    const outcomes = histories.map(([, history, options]) => checkHistory(history, options).outcome);
    expect(new Set(outcomes)).toEqual(new Set(['ordered', 'violated', 'inconclusive']));
  });

  it('refuses a report that lacks any one of its fields, and accepts further ones', () => {
    const [, history, options] = histories.find(([name]) => name === 'all stages, out of order')!;
    const report = reportOf(history, options);
    expect(validate({ ...report, added: 1 })).toBe(true);
    const accepted = Object.keys(report).filter((key) => {
      const lacking = { ...report };
      Reflect.deleteProperty(lacking, key);
      return validate(lacking);
    });
    expect(accepted).toEqual([]);
  });
});

describe('a command that wants the report of a run', () => {
  it('says that it was given the report of a record, and where its verdict is', () => {
    const text = JSON.stringify(checkHistory([{ aggregate: 'a', version: 1 }]));
    expect(() => parseReports(text, 'r.json')).toThrow(UsageError);
    expect(() => parseBaseline(text, 'r.json')).toThrow('r.json is the report of a record');
    expect(() => parseReports(text, 'r.json')).toThrow(
      'r.json is the report of a record (eventbus-bench check FILE --json), which has no runs',
    );
  });
});
