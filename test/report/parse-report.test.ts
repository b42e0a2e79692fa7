/** A stored report is read, or refused with the field that is wrong. */
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.js';
import { renderJson } from '../../src/report/json.js';
import { parseReport } from '../../src/report/parse-report.js';
import { goldenCases } from '../golden/cases.js';
import { threeModes } from './fixtures.js';

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

  it.each([
    ['what is not JSON', '{"schemaVersion": "1.0", ', /reports\/x\.json is not JSON/],
    ['an empty file', '', /is not JSON/],
    ['JSON that is no report', '[]', /has no schemaVersion/],
    ['null', 'null', /has no schemaVersion/],
    ['another major version', '{"schemaVersion": "2.0"}', /schema version 2\.0.*reads 1\.x/],
    ['a version that is no version', '{"schemaVersion": "1"}', /schema version 1,/],
    ['a report without its rows', changed((report) => delete report['runs']), /runs: /],
    ['a count that is text', changed((report) => Object.assign(report, { seed: '42' })), /seed: /],
  ])('refuses %s and says what is wrong', (_, text, message) => {
    const read = (): unknown => parseReport(text, 'reports/x.json');
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });
});
