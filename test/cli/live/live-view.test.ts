/** The live view as lines, by the state of the run and the size of the terminal alone. */
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { liveLook, type LookOptions } from '../../../src/cli/live/live-look.js';
import type { LiveRow } from '../../../src/cli/live/live-row.js';
import type { LiveView } from '../../../src/cli/live/live-state.js';
import { renderLiveView } from '../../../src/cli/live/live-view.js';

const waiting = (name: string): LiveRow => ({
  ...{ name, state: 'waiting', runsDone: 0, share: 0, handledPerSecond: null, throughput: [] },
  ...{ regressions: null, inFlight: null, lag: null },
});
const rows: readonly LiveRow[] = [
  {
    ...{ name: 'multi/shared+keyed-pool', state: 'done', runsDone: 1, share: 1, handledPerSecond: 4321 },
    throughput: [100, 3000, 4400, 4500, 4800, 4700, 4600, 4500, 4600, 3000, 900],
    ...{ regressions: 428, inFlight: 0, lag: 0 },
  },
  {
    ...{ name: 'single+serial', state: 'running', runsDone: 0, share: 0.634, handledPerSecond: 998.7 },
    throughput: [500, 1000, 1000, 0, 0, 1100],
    ...{ regressions: 0, inFlight: 1024, lag: 12_345 },
  },
  waiting('single+retry-in-place'),
  waiting('multi/per-topic+aggregate-queue'),
];
const view: LiveView = {
  ...{ round: 'rows', rows, runsDone: 1, runsTotal: 4, atOnce: 1, share: 0.408, regressions: 428, leftMs: 6_500 },
};

function shown(
  changes: Partial<LiveView> = {},
  terminal: Partial<LookOptions & { columns: number; lines: number }> = {},
) {
  const state = { ...view, ...changes };
  const { columns = 80, lines = 24, ...others } = terminal;
  const names = state.rows.map(({ name }) => name);
  const options = { names, color: false, ascii: false, isVirtual: true, ...others };
  const look = liveLook({ ...options, terminal: { columns, rows: lines } });
  return renderLiveView(state, look);
}

const many = (count: number, underway: number): LiveRow[] =>
  Array.from({ length: count }, (_, at) => {
    const name = `row ${at}`;
    if (at > underway) return waiting(name);
    return { ...rows[at === underway ? 1 : 0]!, name, regressions: 1 };
  });

describe('the live view', () => {
  it('shows at 80 columns each row with rate, curve, regressions, in flight and lag, and the time left of all', () => {
    expect(`\n${shown().join('\n')}\n`).toMatchInlineSnapshot(`
      "
      row                              handled/wall s  regressions  in flight     lag
      multi/shared+keyed-pool           4.3k ▂▇████▇▃          428          0       0
      single+serial                      999 ▄▇▇▁▁█              0      1,024  12,345
      single+retry-in-place                – waiting             –          –       –
      multi/per-topic+aggregate-queue      – waiting             –          –       –
      1 of 4 runs  ████████░░░░░░░░░░░░ 40 %  regressions 428  ETA 7 s
      "
    `);
  });

  it('shows at 200 columns the share of each row, too, and a longer curve', () => {
    expect(`\n${shown({}, { columns: 200, lines: 50 }).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      row                               done  handled/wall s                                  regressions  in flight     lag
      multi/shared+keyed-pool          100 %   4.3k ▂▅▇██████▅▂                                       428          0       0
      single+serial                     63 %    999 ▄▇▇▁▁█                                              0      1,024  12,345
      single+retry-in-place                –      – waiting                                             –          –       –
      multi/per-topic+aggregate-queue      –      – waiting                                             –          –       –
      1 of 4 runs  ████████░░░░░░░░░░░░ 40 %  regressions 428  ETA 7 s
      "
    `);
  });

  it('shows at 40 columns names and regressions, and the time left', () => {
    expect(`\n${shown({}, { columns: 40 }).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      row                         regressions
      multi/shared+keyed-pool             428
      single+serial                         0
      single+retry-in-place                 –
      multi/per-top…regate-queue            –
      1 of 4 runs  regressions 428  ETA 7 s
      "
    `);
  });

  it('uses ASCII alone where the terminal has no more', () => {
    const lines = shown({}, { ascii: true, columns: 120 });
    expect(lines.join('')).toMatch(/^[\x20-\x7e]+$/);
    expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      row                               done  handled/wall s                                  regressions  in flight     lag
      multi/shared+keyed-pool          100 %   4.3k .=*######=.                                       428          0       0
      single+serial                     63 %    999 :**__#                                              0      1,024  12,345
      single+retry-in-place                -      - waiting                                             -          -       -
      multi/per-topic+aggregate-queue      -      - waiting                                             -          -       -
      1 of 4 runs  ########............ 40 %  regressions 428  ETA 7 s
      "
    `);
  });

  it('paints regressions above none in red where colour is wanted, and has no escapes where it is not', () => {
    const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;
    const colored = shown({}, { color: true });
    expect(colored.join('\n')).toContain(red('          428'));
    expect(colored.at(-1)).toContain(red('regressions 428'));
    expect(colored.join('\n')).not.toContain(red('            0'));
    expect(shown().join('')).not.toContain('\u001b');
  });

  it('says that rates are on the wall clock only where the clock of the report is another one', () => {
    expect(shown()[0]).toContain('handled/wall s');
    expect(shown({}, { isVirtual: false })[0]).toMatch(/handled\/s {2}/);
  });

  it('says which round is under way, and what the last row is at when nothing is left to handle', () => {
    expect(shown({ round: 'warm-up' }).at(-1)).toMatch(/^warm-up: 1 of 4 runs/);
    expect(shown({ round: 'probe' }).at(-1)).toMatch(/^probe: 1 of 4 runs/);
    const draining = [{ ...rows[1]!, state: 'draining' as const }];
    expect(shown({ rows: draining, runsTotal: 1, runsDone: 0 }).at(-1)).toMatch(/draining$/);
    expect(shown({ rows: [...draining, rows[2]!] }).at(-1)).toMatch(/ETA 7 s$/);
  });

  it('counts runs where their number is found only while they run', () => {
    const open = { runsTotal: null, share: null, leftMs: null, rows: [{ ...rows[1]!, share: null, runsDone: 12 }] };
    expect(shown(open, { columns: 120 }).slice(1)).toEqual([
      expect.stringMatching(/^single\+serial +12× /),
      '1 run  regressions 428',
    ]);
  });

  it('fits a low terminal: shows the rows around the one under way, and sums up the others', () => {
    const lines = shown({ rows: many(30, 20) }, { lines: 12 });
    expect(lines).toHaveLength(10);
    expect(lines.slice(1, -2).map((line) => line.slice(0, 6))).toEqual(
      [17, 18, 19, 20, 21, 22, 23].map((at) => `row ${at}`),
    );
    expect(lines.at(-2)).toBe('… 23 more rows: 17 done, 6 waiting  regressions 17');
    expect(shown({ rows: many(30, 29) }, { lines: 12 }).at(-2)).toBe('… 23 more rows: 23 done  regressions 23');
    expect(shown({ rows: many(30, 0) }, { lines: 50 })).toHaveLength(32);
  });

  it('is one line where there is no room for more', () => {
    for (const lines of [1, 2, 3, 4]) expect(shown({}, { lines })).toEqual([shown().at(-1)]);
  });

  it('never takes more than the terminal has, and hides no regression', () => {
    const count = fc.oneof(fc.nat(100), fc.nat());
    const figure = fc.option(count);
    const row = fc.record({
      name: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
      state: fc.constantFrom('waiting' as const, 'starting' as const, 'running' as const, 'done' as const),
      runsDone: fc.nat(99),
      share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      handledPerSecond: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })),
      throughput: fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { maxLength: 120 }),
      ...{ regressions: figure, inFlight: fc.option(fc.nat(999_999)), lag: figure },
    });
    const all = fc.record({
      round: fc.constantFrom('warm-up' as const, 'rows' as const, 'probe' as const),
      rows: fc.array(row, { minLength: 1, maxLength: 40 }),
      ...{ runsDone: count, runsTotal: figure, atOnce: fc.nat(32), regressions: count },
      share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      leftMs: fc.option(count),
    });
    const size = { columns: fc.integer({ min: 30, max: 220 }), lines: fc.integer({ min: 1, max: 60 }) };
    fc.assert(
      fc.property(all, fc.record(size), fc.boolean(), (state, terminal, color) => {
        const lines = shown(state, { ...terminal, color });
        expect(lines.length).toBeLessThanOrEqual(Math.max(1, terminal.lines - 2));
        for (const line of lines) expect(stringWidth(line)).toBeLessThan(terminal.columns);
        if (lines.length === 1) return;
        const inRows = state.rows.flatMap(({ regressions }) => regressions ?? []);

        const seen = lines
          .slice(1, -1)
          .join('\n')
          .replaceAll(/\x1b\[\d+m/g, '');
        if (lines.length === state.rows.length + 2) {
          for (const regressions of inRows) expect(seen).toContain(regressions.toLocaleString('en-US'));
        } else expect(seen).toContain('regressions');
      }),
    );
  });
});
