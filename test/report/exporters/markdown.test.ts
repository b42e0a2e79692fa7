/** A job summary: gate, table, meaning, command; and nothing in it that the report's own texts could turn into markup. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainReason } from '../../../src/domain/report/reason.js';
import { render as renderMarkdown } from '../../../src/report/exporters/markdown.js';
import { anyGate, anyReport } from '../arbitraries.js';
import { report, row, threeModes, violatedRow } from '../fixtures.js';

const rendered = (rows: Parameters<typeof report>[0]): string => renderMarkdown([{ report: report(rows), gate: null }]);

/** The cells of each line of the table, which comes before the command. */
function tableOf(text: string): string[][] {
  return text
    .slice(0, text.lastIndexOf('\nRepeat:'))
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

describe('renderMarkdown', () => {
  it('has a line a row, what each means and the command that repeats the run', () => {
    const text = renderMarkdown([{ report: threeModes(), gate: null }]);
    const [head, , ...rows] = tableOf(text);
    expect(head!.slice(0, 5)).toEqual(['mode', 'outcome', 'published', 'handled', 'regressions']);
    expect(rows.map((cells) => cells.slice(0, 5))).toEqual([
      ['multi/shared\\#1', '✗ violated', '5,000', '5,000', '428'],
      ['multi/per-topic\\#1', '✓ ordered', '5,000', '5,000', '0'],
      ['single\\#1', '✓ ordered', '5,000', '5,000', '0'],
    ]);
    expect(text).toContain('- ✗ **multi/shared**: 428 of 5,000 events');
    expect(text).toContain('```sh\neventbus-bench run --topics 5 --seed 42\n```\n');
    expect(text).not.toContain('Gate');
  });

  it('says first how the gate came out', () => {
    const finding = { kind: 'breach', rowId: 'single#1', text: 'single#1 has 3 violations' } as const;
    const text = renderMarkdown([{ report: threeModes(), gate: { outcome: 'breached', findings: [finding] } }]);
    expect(text.indexOf('**Gate: ✗ breached**\n\n- single\\#1 has 3 violations')).toBeLessThan(text.indexOf('| mode'));
    expect(text).toContain('**Gate: ✗ breached**');
  });

  it('has a column for the other anomalies only where there are some', () => {
    expect(tableOf(rendered([violatedRow()]))[0]).not.toContain('others');
    const overlapping = row('single#1');
    expect(tableOf(rendered([{ ...overlapping, counts: { ...overlapping.counts, overlaps: 3 } }]))[0]).toContain(
      'others',
    );
  });

  it('takes hostile texts literally', () => {
    const hostile = '<img src=x> @team #12 `code` [a](b) **b** a|b $x$ https://evil.example\n# head';
    const text = rendered([
      row('single#1', {
        outcome: 'violated',
        reasons: [plainReason('told', hostile)],
        error: { code: 'x', message: hostile, wayOut: 'y' },
      }),
    ]);
    expect(text).toContain(
      '\\<img src=x\\> \\@team \\#12 \\`code\\` \\[a\\](b) \\*\\*b\\*\\* a\\|b \\$x\\$ https:\\//evil.example',
    );
    expect(text).not.toMatch(/^# head/m);
  });

  it('fences a command by more backticks than it has', () => {
    const one = report([row('single#1')], { replay: 'eventbus-bench run --name ```x' });
    expect(renderMarkdown([{ report: one, gate: null }])).toContain('\n````sh\neventbus-bench run --name ```x\n````\n');
  });

  it('has a table of as many cells in every line, whatever the report', () => {
    fc.assert(
      fc.property(fc.record({ report: anyReport, gate: anyGate }), (judged) => {
        const text = renderMarkdown([judged]);
        // The command to repeat it, in a fence, may begin with anything.
        const table = tableOf(text.slice(0, text.lastIndexOf('Repeat:')));
        expect(table.length).toBe(judged.report.runs.length === 0 ? 0 : judged.report.runs.length + 2);
        expect(new Set(table.map((cells) => cells.length)).size).toBeLessThanOrEqual(1);
        expect(text).not.toMatch(/\p{Cc}(?<!\n)/u);
      }),
    );
  });
});
