/** Every format renders every report, one or several, with rows or without. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formats, renderAs, type Format } from '../../../src/report/exporters/formats.js';
import { withWords } from '../../../src/report/contract/with-words.js';
import { anyGate, anyReport } from '../arbitraries.js';
import { report, row, scenario, threeModes } from '../fixtures.js';
import { toldReport } from './timelines-fixture.js';

const look = { width: 80, color: false, ascii: false };
const other = report([row('single#1')], { scenario: { ...scenario, name: 'other' } });
/** Formats that are made of timelines refuse a report without any. */
const ofTimelines: readonly Format[] = ['perfetto', 'otlp'];

describe.each(formats)('the format %s', (format) => {
  it('renders any report', async () => {
    await fc.assert(
      fc.asyncProperty(fc.record({ report: anyReport, gate: anyGate }), async (judged) => {
        const told = ofTimelines.includes(format) ? [{ report: toldReport(), gate: null }] : [];
        expect(await renderAs(format, { reports: [judged, ...told], list: false, look })).toMatch(/^\S[^]*\n$/);
      }),
      { numRuns: 20 },
    );
  });

  it('renders the same twice, and several reports in one document', async () => {
    const one = { report: ofTimelines.includes(format) ? toldReport() : threeModes(), gate: null };
    const both = { reports: [one, { report: other, gate: null }], list: true, look };
    const text = await renderAs(format, both);
    expect(await renderAs(format, both)).toBe(text);
    const first = await renderAs(format, { reports: [one], list: false, look });
    expect(text.length).toBeGreaterThan(first.length);
  });
});

describe('the format json', () => {
  const judged = { report: threeModes(), gate: null };

  it('keeps a list of one report a list', async () => {
    const parsed = async (list: boolean): Promise<unknown> =>
      JSON.parse(await renderAs('json', { reports: [judged], list, look }));
    expect(await parsed(true)).toEqual([withWords(threeModes())]);
    expect(await parsed(false)).toEqual(withWords(threeModes()));
    expect(await renderAs('json', { reports: [], list: true, look })).toBe('[]\n');
  });
});
