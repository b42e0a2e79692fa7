/** What a reader of two reports is told: what differs, what that means, and what no run can prove. */
import { describe, expect, it } from 'vitest';
import { differenceView } from '../../../src/report/view/difference-view.js';
import { atRates, between, repeats, sampled } from '../../gate/difference/difference-fixtures.js';
import { report, row, threeModes, violatedRow } from '../fixtures.js';

const textsOf = (view: ReturnType<typeof differenceView>): Record<string, string> =>
  Object.fromEntries(view.rows.flatMap(({ findings }) => findings.map(({ title, text }) => [title, text])));

describe('the view of two reports', () => {
  it('says that nothing differs, and nothing more, where nothing does', () => {
    const view = differenceView(between(threeModes(), threeModes()));
    expect(view.summary).toBe('No difference seen in any of the 3 rows that both have.');
    expect([view.beforehand, view.cautions, view.rows, view.others]).toEqual([null, [], [], []]);
  });

  it('names another load first, and says that the rows may differ by it alone', () => {
    const b = threeModes();
    const view = differenceView(between(threeModes(), { ...b, scenario: { ...b.scenario!, topics: 3 } }));
    expect(view.beforehand!.findings[0]).toMatchObject({ title: 'load', text: 'topics 5 in A, 3 in B' });
    expect(view.cautions[0]).toContain('different loads');
  });

  it('takes another seed for chance, not for another load', () => {
    const [caution] = differenceView(sampled(repeats(1), repeats(1))).cautions;
    expect(caution).toContain('different seeds');
  });

  it('says that a trace does not tell its load, and that machines differ where times are of the clock', () => {
    const ofTrace = { ...threeModes(), scenario: null };
    expect(differenceView(between(threeModes(), ofTrace)).cautions[0]).toContain('does not tell its load');
    const wall = report(repeats(2, 0, { clock: 'wall' }));
    const elsewhere = { ...wall, environment: { ...wall.environment, cpu: 'another' } };
    expect(differenceView(between(wall, elsewhere)).cautions).toEqual([
      'A and B were run on different machines: speeds measured by the clock compare these too.',
    ]);
  });

  it('lists a row that only one has, and rows without a difference beside those with one', () => {
    const a = [violatedRow(), row('single#1'), row('multi/per-topic#1')];
    const b = [row('multi/shared#1'), row('single#1'), row('multi/per-topic#1', { mode: 'single' })];
    const view = differenceView(sampled(a, b.slice(0, 2)));
    expect(view.rows.map(({ title }) => title)).toEqual(['multi/shared']);
    expect(view.others).toEqual([
      { status: null, title: 'No difference seen', text: 'single' },
      { status: null, title: 'Rows only in A', text: 'multi/per-topic' },
    ]);
  });

  it('does not take one run without violations for a repair', () => {
    const { outcome, counts } = textsOf(differenceView(sampled([violatedRow()], [row('multi/shared#1')])));
    expect(outcome).toBe('violated in A, ordered in B; one run of a side does not show that runs differ (--repeat)');
    expect(counts).toContain('regressions 428 in A, 0 in B');
  });

  it('says how many runs came out how, and whether chance may do that', () => {
    const few = textsOf(differenceView(sampled(repeats(5, 2), repeats(5))));
    expect(few['outcome']).toMatch(/^2 of 5 runs violated, 3 ordered in A, 5 of 5 runs ordered in B; chance may/);
    const all = textsOf(differenceView(sampled(repeats(5, 5), repeats(4))));
    expect(all['outcome']).toMatch(/; more than chance gives/);
    expect(all['counts']).toContain('regressions 428 a run in A, 0 in B');
  });

  it('proves no speed by one run, and says so once for all figures', () => {
    const { speed } = textsOf(differenceView(sampled([violatedRow()], [row('multi/shared#1')])));
    expect(speed).toMatch(/^handled\/s [^:]*, p50 ms [^:]*, p99 ms [^:]*: one run of a side proves no difference/);
  });

  it('gives the interval of a speed that differs, and says where none is seen', () => {
    const differs = differenceView(sampled(atRates(100, 101, 99), atRates(150, 151, 149)));
    expect(textsOf(differs)['speed']).toMatch(
      /handled\/s 100 in A and 150 in B: 1\.50 times \(95 % interval 1\.4\d to 1\.5\d\)/,
    );
    expect(differs.table!.rows[0]!.handledPerSecond).toEqual({ text: '1.50×', tone: 'good' });
    const alike = differenceView(sampled(atRates(100, 140, 80), atRates(110, 90, 150)));
    expect(alike.table!.rows[0]!.handledPerSecond.text).toBe('none seen');
  });

  it('says once what differs of all rows, and of a row only what is its own', () => {
    const kafka = { kind: 'sim:kafka', version: null, url: null };
    const a = [row('single#1'), row('multi/shared#1')];
    const b = [row('single#1', { broker: kafka, strategy: 'serial' }), row('multi/shared#1', { broker: kafka })];
    const view = differenceView(
      between(report(a), report([...b.slice(0, 1), violatedRow('multi/shared#1', { broker: kafka })])),
    );
    expect(view.beforehand!.findings).toEqual([
      { status: null, title: 'rows', text: 'broker.kind sim:jetstream in A, sim:kafka in B' },
    ]);
    expect(textsOf(view)['row'] ?? '').not.toContain('broker.kind');
  });

  it('calls reports without a common row just that', () => {
    const view = differenceView(sampled([row('single#1')], [row('multi/shared#1')]));
    expect(view.summary).toBe('A and B have no row in common.');
    expect(view.table).toBeNull();
  });
});
