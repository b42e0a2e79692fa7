/**
 * What is handed to other programs, kept as text: the reports of cases.ts that differ most, in every format but those
 * with golden files of their own (terminal), no look of their own (json), a test in a browser (html), or a reader that checks them (perfetto, otlp). UPDATE_GOLDEN=1 writes the files anew.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { formats, renderAs, reportFormats, type Format } from '../../src/report/exporters/formats.js';
import { goldenCases, type GoldenCase } from './cases.js';

/** Those with golden files of their own, no look of their own, or a look that another program gives them. */
const elsewhere: readonly Format[] = ['terminal', 'json', 'html', 'perfetto', 'otlp'];

const names = ['three-modes', 'diagnosed-on-a-server', 'inconclusive', 'errors', 'wide-numbers-and-long-names', 'repeats'];

/** 240 handlings of one millisecond each. */
const oneMs = 'HISTFAAAACR4nJNpmSzMwMDAAsSMQMzMAAEgtojs9QQGGP88/wNmAFGgBHo=';
const measured = (row: RunRow): RunRow => ({ ...row, latencyHistograms: { ...row.latencyHistograms, handle: oneMs } });

const folder = new URL('formats/', import.meta.url);
const update = process.env['UPDATE_GOLDEN'] === '1';

async function rendered({ name, report, gate }: GoldenCase, format: Format): Promise<string> {
  const given = name === 'repeats' ? { ...report, runs: report.runs.map(measured) } : report;
  const look = { width: 80, color: false, ascii: false };
  return renderAs(format, { reports: [{ report: given, gate: gate ?? null }], list: false, look });
}

describe('a report for other programs', () => {
  const all = goldenCases
    .filter(({ name }) => names.includes(name))
    .flatMap((golden) =>
      formats
        .filter((format) => !elsewhere.includes(format))
        .map((format) => ({ file: `${golden.name}.${reportFormats[format].ending}`, golden, format })),
    );

  it.each(all)('looks as in $file', async ({ file, golden, format }) => {
    const text = await rendered(golden, format);
    const target = new URL(file, folder);
    if (update) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(target, text);
    }
    expect(existsSync(target), `${file} is missing; UPDATE_GOLDEN=1 writes it`).toBe(true);
    expect(text).toBe(readFileSync(target, 'utf8'));
  });

  it('has no golden file that nothing is compared with, and one of every format', () => {
    expect(readdirSync(folder).sort()).toEqual(all.map(({ file }) => file).sort());
    expect(all).toHaveLength(names.length * (formats.length - elsewhere.length));
  });
});
