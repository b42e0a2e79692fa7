/** A line a row, every number in a column of its own, and read back by RFC 4180 as it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../../src/domain/report/run-report.js';
import { render as renderCsv } from '../../../src/report/exporters/csv.js';
import { rowNumberAt, numberPaths } from '../../../src/gate/row-paths.js';
import { anyReport } from '../arbitraries.js';
import { report, row, threeModes, violatedRow } from '../fixtures.js';

/** By RFC 4180, strictly: CRLF after every record, quotes only around whole fields. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const match = field.exec(text);
    if (match === null) throw new Error(`not a CSV field: ${text.slice(at, at + 40)}`);
    record.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

function rowsOf(...reports: RunReport[]): Record<string, string>[] {
  const [names, ...records] = parseCsv(renderCsv(reports.map((one) => ({ report: one, gate: null }))));
  expect(new Set(names).size).toBe(names!.length);
  return records.map((record) => {
    expect(record).toHaveLength(names!.length);
    return Object.fromEntries(names!.map((name, at) => [name, record[at]!]));
  });
}

describe('renderCsv', () => {
  it('has a line a row, with what it is and what it counted', () => {
    const [shared, perTopic, single] = rowsOf(threeModes());
    expect(shared).toMatchObject({
      scenario: 'run',
      startedAt: '2026-11-22T15:04:05.000Z',
      seed: '42',
      id: 'multi/shared#1',
      durable: 'shared',
      outcome: 'violated',
      reasons: '428 regressions',
      'counts.regressions': '428',
      'latencyMs.endToEnd.p99': '98.1',
      'latencyMs.publish.p50': '',
      'error.code': '',
    });
    expect(perTopic!['exposure.contestedPairs']).toBe('4790');
    expect(single!['durable']).toBe('');
  });

  it('has a column for every number that a gate can speak of', () => {
    const [first] = rowsOf(threeModes());
    const paths = numberPaths.map((path) => (path in first! ? path : `counts.${path}`));
    expect(paths.filter((path) => !(path in first!))).toEqual([]);
    for (const path of paths) {
      expect(first![path], path).toBe(String(rowNumberAt(threeModes().runs[0]!, path) ?? ''));
    }
  });

  it('puts several reports under one line of names', () => {
    expect(rowsOf(threeModes(), report([row('single#1')])).map(({ id }) => id)).toEqual([
      'multi/shared#1',
      'multi/per-topic#1',
      'single#1',
      'single#1',
    ]);
    expect(rowsOf(report([]))).toEqual([]);
  });

  it('lets no text be run as a formula, and leaves numbers alone', () => {
    const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\n=1', '＝1'];
    const shown = formulas.map((text) => rowsOf(report([violatedRow('single#1', { strategy: text })]))[0]!['strategy']);
    expect(shown).toEqual(["'=1+1", "'+1", "'-1", "'@SUM(A1)", '\\x09=1', '\\x0a=1', "'＝1"]);
    expect(rowsOf(report([row('single#1')], { seed: -5 }))[0]!['seed']).toBe('-5');
  });

  it('is read back as it was, whatever the report', () => {
    fc.assert(
      fc.property(anyReport, (one) => {
        const rows = rowsOf(one);
        expect(rows).toHaveLength(one.runs.length);
        rows.forEach((read, at) => {
          const given = one.runs[at]!;
          expect(read['outcome']).toBe(given.outcome);
          expect(Number(read['counts.published'])).toBe(given.counts.published);
          const { p50 } = given.latencyMs.endToEnd;
          expect(read['latencyMs.endToEnd.p50']).toBe(Number.isFinite(p50) ? String(p50) : '');
          expect(read['reasons']).not.toMatch(/^[=+\-@\t\r\n]/);
        });
      }),
    );
  });
});
