/** The table of rows with the repeats of a row put together. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { groupedRowsView } from '../../../src/report/view/grouped-rows-view.js';
import { repeatsNote, type RowColumn } from '../../../src/report/view/row-cells.js';
import type { Cell } from '../../../src/report/view/model/table.js';
import { anyReport } from '../arbitraries.js';
import { counts, row } from '../fixtures.js';

const cells = (rows: readonly RunRow[]): Readonly<Record<RowColumn, Cell>>[] => [...groupedRowsView(rows).table.rows];

const violated = (id: string, regressions: number): RunRow =>
  row(id, { outcome: 'violated', counts: counts({ regressions, violations: regressions }) });

const perSecond = (id: string, handledPerSecond: number | null): RunRow =>
  row(id, { throughput: { publishedPerSecond: null, handledPerSecond } });

describe('the table of rows with repeats put together', () => {
  it('has one line for the repeats of a row, in the order in which the rows first ran', () => {
    const found = cells([
      violated('multi/shared#1', 3),
      row('single#1'),
      violated('multi/shared#2', 5),
      row('single#2'),
    ]);
    expect(found.map(({ mode }) => mode.text)).toEqual(['multi/shared', 'single']);
  });

  it('adds counts up', () => {
    const [found] = cells([violated('single#1', 402), violated('single#2', 421), violated('single#3', 410)]);
    expect(found!.regressions).toEqual({ text: '1,233', short: '1.2k', tone: 'bad' });
    expect(found!.published).toMatchObject({ text: '15,000' });
  });

  it('shows a count of zero aside', () => {
    const [found] = cells([row('single#1'), row('single#2')]);
    expect(found!.regressions).toEqual({ text: '0', tone: 'aside' });
  });

  it('says of the worst outcome in how many runs it came', () => {
    const unclear = row('single#3', { outcome: 'inconclusive' });
    const outcomeOf = (rows: readonly RunRow[]): Cell => cells(rows)[0]!.outcome;
    expect(outcomeOf([violated('single#1', 1), violated('single#2', 1)])).toEqual({
      text: 'violated 2/2',
      status: { outcome: 'violated', hasFailed: false },
    });
    expect(outcomeOf([violated('single#1', 1), row('single#2'), unclear])).toMatchObject({
      text: 'violated 1/3',
    });
    expect(outcomeOf([row('single#1'), row('single#2'), unclear])).toMatchObject({
      text: 'inconclusive 1/3',
    });
  });

  it('says of a group that an error ended one of its runs', () => {
    const failed = { code: 'x', message: 'it broke', wayOut: 'mend it' };
    const [found] = cells([row('single#1'), row('single#2', { outcome: 'inconclusive', error: failed })]);
    expect(found!.outcome.status).toEqual({ outcome: 'inconclusive', hasFailed: true });
  });

  it('has the median of speeds, of the runs in which the speed is known', () => {
    const [found] = cells([perSecond('single#1', 900), perSecond('single#2', null), perSecond('single#3', 1100)]);
    expect(found!.handledPerSecond).toMatchObject({ text: '1,000' });
    const [unknown] = cells([perSecond('single#1', null), perSecond('single#2', null)]);
    expect(unknown!.handledPerSecond).toEqual({ text: '–' });
  });

  it('shows a row that ran once as it is, and explains repeats only where there are some', () => {
    const { table, notes } = groupedRowsView([violated('multi/shared#1', 3)]);
    expect(table.rows[0]).toMatchObject({
      mode: { text: 'multi/shared' },
      outcome: { text: 'violated' },
      regressions: { text: '3', tone: 'bad' },
    });
    expect(notes.map(({ text }) => text)).not.toContain(repeatsNote);
    expect(groupedRowsView([row('single#1'), row('single#2')]).notes[0]!.text).toBe(repeatsNote);
  });

  it('has a line of its own for each point of a sweep', () => {
    const found = cells(['single@topics=1#1', 'single@topics=2#1', 'single@topics=1#2'].map((id) => row(id)));
    expect(found.map(({ mode }) => mode.text)).toEqual(['single@topics=1', 'single@topics=2']);
  });

  it('loses and invents no run, whatever the report', () => {
    fc.assert(
      fc.property(anyReport, ({ runs }) => {
        const found = cells(runs);
        const labels = new Set(runs.map(({ id }) => id.replace(/#\d+$/, '')));
        expect(found.map(({ mode }) => mode.text)).toEqual([...labels]);
        for (const { mode, outcome } of found) {
          const group = runs.filter(({ id }) => id.replace(/#\d+$/, '') === mode.text);
          const worst = outcome.status!.outcome;
          const alike = group.filter((one) => one.outcome === worst).length;
          expect(outcome.text).toBe(group.length === 1 ? worst : `${worst} ${String(alike)}/${String(group.length)}`);
        }
      }),
      { numRuns: 50 },
    );
  });
});
