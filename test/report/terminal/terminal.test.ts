/** What holds of the screen whatever the report says. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { renderTerminal, type TerminalOptions } from '../../../src/report/terminal/terminal.js';
import { anyGate, anyReport } from '../arbitraries.js';
import { report, row, threeModes, violatedRow } from '../fixtures.js';

const plain: TerminalOptions = { width: 80, color: false, reportPath: null };

/** The lines above the paths and commands at the end, which are never broken. */
function linesOf(text: string): string[] {
  const lines = text.split('\n');
  const footer = lines.findIndex((line) =>
    /^(?:\u001b\[1m)?(?:Report|Details|Repeat) *(?:\u001b\[22m)? {2}/.test(line),
  );
  return footer < 0 ? lines : lines.slice(0, footer);
}

describe('renderTerminal', () => {
  it('writes no line wider than the terminal, for any report and width from 40 to 200', () => {
    const options = fc.record({
      width: fc.integer({ min: 40, max: 200 }),
      color: fc.boolean(),
      ascii: fc.boolean(),
      details: fc.boolean(),
    });
    fc.assert(
      fc.property(anyReport, anyGate, options, (given, gate, look) => {
        for (const line of linesOf(renderTerminal(given, { ...look, gate, reportPath: null }))) {
          expect(stringWidth(line), JSON.stringify(line)).toBeLessThanOrEqual(look.width);
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('lets nothing through that a terminal would act on, but for its own colours', () => {
    fc.assert(
      fc.property(anyReport, anyGate, fc.boolean(), (given, gate, color) => {
        const text = renderTerminal(given, { ...plain, color, gate });
        const own = text.replaceAll(/\u001b\[(?:1|2|22|31|32|33|39)m/g, '').replaceAll('\n', '');
        expect(own).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        if (!color) expect(text).not.toContain('\u001b');
      }),
      { numRuns: 20 },
    );
  });

  it('takes one line a row, and two at 80 columns if all details are asked for', () => {
    const rowsIn = (width: number, details = false): string[] =>
      renderTerminal(threeModes(), { ...plain, width, details })
        .split('\n')
        .filter((line) => /^(?:multi|single).*\d/.test(line));
    expect(rowsIn(80)[0]).toMatch(/^multi\/shared +✗ violated +428 +4,100 +0 +0 +4,950 +12\.3 +98\.1$/);
    expect(rowsIn(80, true)[0]).toMatch(/^multi\/shared +5,000 +428 +0 +4,013 +4,950 +12\.3$/);
    expect(rowsIn(160)[0]).toMatch(
      /^multi\/shared +✗ violated +5,000 +5,000 +428 +0 +0 +4,013 \(80 %\) +4,100 +4,950 +12\.3 +98\.1$/,
    );
  });

  it('takes a terminal that is narrower than 40 columns as 40', () => {
    const at40 = renderTerminal(threeModes(), { ...plain, width: 40 });
    expect(renderTerminal(threeModes(), { ...plain, width: 20 })).toBe(at40);
  });

  it('fits a usual run and its command on a screen of 80 columns and 24 lines', () => {
    const shown = renderTerminal(threeModes(), { ...plain, reportPath: 'reports/20261122T150405Z-run.json' });
    expect(shown.split('\n').length + 1).toBeLessThanOrEqual(24);
  });

  it('says the verdict before the table, and names the command that shows the details', () => {
    const lines = renderTerminal(threeModes(), { ...plain, reportPath: 'r.json' }).split('\n');
    const at = (start: string): number => lines.findIndex((line) => line.startsWith(start));
    expect(at('✗ multi/shared loses order: 428 of 5,000 events')).toBe(3);
    expect(at('✓ multi/per-topic and single kept it')).toBeLessThan(at('mode '));
    expect(lines).toContain('Details  eventbus-bench report r.json --details');
    const detailed = renderTerminal(threeModes(), { ...plain, reportPath: 'r.json', details: true });
    expect(detailed.split('\n')).toContain('Report   r.json');
    expect(detailed).not.toContain('--details');
  });

  it('says of every row what it means, and of a worst aggregate what happened to it', () => {
    const text = renderTerminal(threeModes(), { ...plain, width: 200, details: true });
    expect(text).toContain('✗ multi/shared     428 of 5,000 events reached their handler after a higher version');
    expect(text).toContain('✓ single           Order held: 0 of 4,100 pairs at risk came in the wrong order.');
    expect(text).toContain(
      'agg-37 (topic-2)  version 2 came after 3, sequence 93, lost order at deliver: fetched by sub-topic-4, not the one that owns its topic (1 of 19 regressions)',
    );
  });

  it('marks virtual times in the table itself, and only them', () => {
    const virtual = (text: string): number => text.split('virtual').length - 1;
    for (const width of [40, 80, 160]) expect(virtual(renderTerminal(threeModes(), { ...plain, width }))).toBeGreaterThan(0); // prettier-ignore
    expect(virtual(renderTerminal(report([row('single#1', { clock: 'wall' })]), plain))).toBe(0);
    const mixed = renderTerminal(report([row('single#1'), row('nats:single#1', { clock: 'wall' })]), plain);
    expect(mixed).toMatch(/^single .* virtual /m);
    expect(mixed).toMatch(/^nats:single .* wall /m);
  });

  it('says how many rows were planned and not run', () => {
    const cut = { ...threeModes(), runs: threeModes().runs.slice(0, 1) };
    expect(renderTerminal(cut, plain)).toContain('\n2 of 3 rows were not run.\n');
    expect(renderTerminal(threeModes(), plain)).not.toContain('not run');
    expect(renderTerminal({ ...cut, scenario: null }, plain)).not.toContain('not run');
  });

  it('puts repeats side by side, however they were interleaved', () => {
    const given = report(['multi/shared#1', 'single#1', 'multi/shared#2', 'single#2'].map((id) => row(id)));
    const ids = [...renderTerminal(given, { ...plain, details: true }).matchAll(/^(\S+#\d)/gm)].map(([, id]) => id);
    expect(ids).toEqual(['multi/shared#1', 'multi/shared#2', 'single#1', 'single#2']);
  });

  it('puts the repeats of a row into one line, with the number of runs that came out so', () => {
    const given = report(['multi/shared#1', 'single#1', 'multi/shared#2', 'single#2'].map((id) => row(id)));
    const lines = renderTerminal(given, plain).split('\n');
    expect(lines.filter((line) => /^(?:multi|single)/.test(line))).toHaveLength(2);
    expect(lines.find((line) => line.startsWith('single'))).toMatch(/^single +✓ ordered 2\/2 /);
  });

  it('explains the worst of repeats that came out alike', () => {
    const counted = (regressions: number): ReturnType<typeof violatedRow>['counts'] => ({
      ...violatedRow().counts,
      regressions,
      violations: regressions,
    });
    const given = report([
      violatedRow('multi/shared#1', { counts: counted(3) }),
      violatedRow('multi/shared#2', { counts: counted(9) }),
    ]);
    const text = renderTerminal(given, { ...plain, width: 200, details: true });
    expect(text).toContain('2 of 2 runs violated with 3 to 9 regressions. The worst, #2: 9 of 5,000 events');
    expect(text).toContain('Worst aggregates of multi/shared#2');
  });

  it('breaks a long command so that a shell reads it as one', () => {
    const words = Array.from({ length: 30 }, (_, index) => `--flag-${index} 'value ${index}'`).join(' ');
    const replay = `eventbus-bench run ${words}`;
    const text = renderTerminal(report([], { replay }), plain);
    const [, command] = text.split('Repeat   ');
    expect(command!.replaceAll(/ \\\n +/g, ' ').trim()).toBe(replay);
    for (const line of command!.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('never breaks the path of a report', () => {
    const reportPath = `/${'a-long-folder/'.repeat(20)}report.json`;
    const detailed = renderTerminal(threeModes(), { ...plain, reportPath, details: true });
    expect(detailed.split('\n')).toContain(`Report   ${reportPath}`);
    expect(renderTerminal(threeModes(), { ...plain, reportPath })).toContain(` ${reportPath}`);
  });

  it('uses nothing but ASCII where that is asked for', () => {
    const text = renderTerminal(threeModes(), { ...plain, ascii: true });
    expect(text).not.toMatch(/[^\n\x20-\x7e]/);
  });
});
