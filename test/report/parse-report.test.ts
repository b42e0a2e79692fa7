/** A stored report is read, or refused with the field that is wrong. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.js';
import { renderJson } from '../../src/report/json.js';
import { parseReport, parseReports } from '../../src/report/parse-report.js';
import { goldenCases } from '../golden/cases.js';
import { report, row, threeModes } from './fixtures.js';
import { inModes } from '../in-modes.js';

function changed(change: (report: Record<string, unknown>) => void): string {
  const report = JSON.parse(renderJson(threeModes())) as Record<string, unknown>;
  change(report);
  return JSON.stringify(report);
}

describe('parseReport', () => {
  it.each(goldenCases.map((golden) => [golden.name, golden.report] as const))(
    'reads back the report %s',
    (_, report) => {
      expect(parseReport(renderJson(report))).toEqual(report);
    },
  );

  it('reads a report of a later minor version, leaving aside what it adds', () => {
    const text = changed((report) => Object.assign(report, { schemaVersion: '1.7', added: [1] }));
    expect(parseReport(text)).toEqual(threeModes());
  });

  it('reads a report of 1.0 as it was written, with what was so then and null for what it does not know', () => {
    const report = parseReport(readFileSync(new URL('report-1.0.json', import.meta.url), 'utf8'));
    expect(report.schemaVersion).toBe('1.1');
    expect(report.scenario).toMatchObject({
      ...inModes(['single']),
      ...{ sweep: [], warmUp: 0, skew: 0, handlerTime: { distribution: 'uniform', minMs: 1, maxMs: 1 } },
    });
    expect(report.runs[0]).toMatchObject({
      ...{ id: 'single#1', point: null, bufferDepthMax: null },
      latencyHistograms: { publish: null, queue: null, handle: null, endToEnd: null },
    });
    expect(report).toMatchObject({ comparison: null, sweeps: [] });
  });

  it('misses the histograms of a report of 1.1', () => {
    const text = changed((report) => {
      for (const row of report['runs'] as Record<string, unknown>[]) delete row['latencyHistograms'];
    });
    expect(() => parseReport(text)).toThrow(/runs\.0\.latencyHistograms/);
  });

  const examples = new URL('../../reports/examples/', import.meta.url);
  it.each(readdirSync(examples).filter((name) => name.endsWith('.json')))(
    'reads the example %s that is kept',
    (name) => {
      const text = readFileSync(new URL(name, examples), 'utf8');
      const example = parseReport(text);
      expect(example.runs.length).toBeGreaterThan(0);
      expect(renderJson(example)).toBe(text);
    },
  );

  it('reads what a Windows editor wrote, with a byte order mark', () => {
    expect(parseReport(`\uFEFF${renderJson(threeModes())}`)).toEqual(threeModes());
  });

  it.each([
    ['what is not JSON', '{"schemaVersion": "1.0", ', /reports\/x\.json is not JSON/],
    ['an empty file', '', /reports\/x\.json is empty/],
    ['a file of blanks', ' \n', /reports\/x\.json is empty/],
    ['text in UTF-16', '{\0"\0', /not text in UTF-8/],
    ['a trace', '{"kind":"header","format":"eventbus-bench-trace"}\n{"kind":"end"}\n', /is a trace, not a report/],
    ['a trace of one line', '{"kind":"header","format":"eventbus-bench-trace"}\n', /is a trace, not a report/],
    ['JSON that is no report', '[]', /has no schemaVersion/],
    ['null', 'null', /has no schemaVersion/],
    ['another major version', '{"schemaVersion": "2.0"}', /schema version 2\.0.*reads 1\.x/],
    ['a version that is no version', '{"schemaVersion": "1"}', /schema version 1,/],
    ['a report of 1.0 without its rows', '{"schemaVersion": "1.0"}', /is not a valid report/],
    ['a report of 1.0 whose rows are none', '{"schemaVersion": "1.0", "runs": [null]}', /is not a valid report/],
    ['a report without its rows', changed((report) => delete report['runs']), /runs: /],
    ['a count that is text', changed((report) => Object.assign(report, { seed: '42' })), /seed: /],
  ])('refuses %s and says what is wrong', (_, text, message) => {
    const read = (): unknown => parseReport(text, 'reports/x.json');
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });
});

describe('parseReports', () => {
  const other = report([row('single#1')]);

  it('reads one report, and a list of reports', () => {
    const [one, two] = [renderJson(threeModes()), renderJson(other)];
    expect(parseReports(one)).toEqual({ reports: [threeModes()], list: false });
    expect(parseReports(`[${one},${two}]`)).toEqual({ reports: [threeModes(), other], list: true });
  });

  it('refuses a list without reports, and says which of several is none', () => {
    expect(() => parseReports('[]', 'x.json')).toThrow('x.json is an empty list');
    expect(() => parseReports(`[${renderJson(other)}, {}]`, 'x.json')).toThrow(/x\.json, report 2 is not a report/);
  });
});
