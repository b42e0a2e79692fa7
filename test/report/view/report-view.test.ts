/** What the view of a report holds, whatever renders it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sweepSeries } from '../../../src/comparison/sweep-series.js';
import { viewOf, type ReportView } from '../../../src/report/view/report-view.js';
import { withComparison } from '../../../src/run/compare-report.js';
import { anyGate, anyReport } from '../arbitraries.js';
import { counts, exposure, report, row, scenario, sharedSource, threeModes, violatedRow } from '../fixtures.js';

const seen = (rows: Parameters<typeof report>[0]): ReportView => viewOf({ report: report(rows), gate: null });

describe('the view of a report', () => {
  it('is plain data, the same once it was written as JSON and read', () => {
    fc.assert(
      fc.property(anyReport, anyGate, (given, gate) => {
        const view = viewOf({ report: given, gate });
        expect(JSON.parse(JSON.stringify(view))).toEqual(view);
      }),
      { numRuns: 20 },
    );
  });

  it('has neither colours nor line breaks of its own', () => {
    const gate = { outcome: 'held', findings: [], evidence: ['all held'] } as const;
    const compared = withComparison(report([violatedRow('multi/shared+keyed-pool#1')]));
    for (const given of [threeModes(), compared])
      expect(JSON.stringify(viewOf({ report: given, gate }))).not.toMatch(/\\u001b|\\n/);
  });

  it('says what was run', () => {
    const { heading } = viewOf({ report: threeModes(), gate: null });
    expect(heading).toMatchObject({
      tool: 'eventbus-bench',
      seed: 'seed 42',
      brokers: ['sim:jetstream'],
      workload: '5 topics, 50 aggregates × 100 versions, keyed-pool with 256 workers',
    });
  });

  it('says beside all rates and times that the run was perturbed', () => {
    const compared = withComparison(report([row('single+serial#1'), row('single+actor#1')]));
    const viewed = (perturb: typeof scenario.perturb): ReportView =>
      viewOf({ report: { ...compared, scenario: { ...scenario, perturb } }, gate: null });
    const texts = ({ rows, grouped, comparison }: ReportView): string[] =>
      [rows!.notes, grouped!.notes, comparison!.notes, comparison!.brief].map((notes) =>
        notes.map(({ text }) => text).join('; '),
      );
    for (const text of texts(viewed({ minMs: 0, maxMs: 2 }))) expect(text).toContain('each event waits 0 to 2 ms');
    for (const text of texts(viewed(null))) expect(text).not.toContain('perturbed');
  });

  it('has no rows, comparison or sweeps where nothing was run', () => {
    expect(seen([])).toMatchObject({ rows: null, comparison: null, sweeps: null, worstAggregates: [] });
  });

  it('says of every row how it came out, with the error that ended it', () => {
    const failed = { code: 'x', message: 'it broke', wayOut: 'mend it' };
    const { rows, meanings } = seen([violatedRow(), row('single#1', { error: failed })]);
    expect(rows!.table.rows.map(({ outcome }) => outcome.status)).toEqual([
      { outcome: 'violated', hasFailed: false },
      { outcome: 'ordered', hasFailed: true },
    ]);
    expect(meanings.findings.map(({ title }) => title)).toEqual(['multi/shared', 'single']);
  });

  it('calls a row by its whole id only where something was repeated', () => {
    const short = (ids: readonly string[]): unknown[] =>
      seen(ids.map((id) => row(id))).rows!.table.rows.map(({ mode }) => mode.short);
    expect(short(['single#1'])).toEqual(['single']);
    expect(short(['single#1', 'single#2'])).toEqual(['single#1', 'single#2']);
  });

  it('has a section of the worst aggregates of each row that has some', () => {
    const [worst, ...others] = viewOf({ report: threeModes(), gate: null }).worstAggregates;
    expect(others).toEqual([]);
    expect(worst).toMatchObject({ title: 'Worst aggregates of multi/shared', aside: '36 of 50 have anomalies' });
    expect(worst!.findings[0]).toMatchObject({ status: null, title: 'agg-37 (topic-2)' });
  });

  it('tells what happened to a run in its order, without how partitions were first given out', () => {
    const rebalance = { group: 'run.all', epoch: 1, atMs: 5, members: { m1: 't-0', m2: '' } };
    const disturbances = [{ kind: 'restart', atMs: 1500, what: 'restart' }] as never;
    const rebalances = [rebalance, { ...rebalance, epoch: 2, atMs: 900 }];
    const [timeline] = seen([row('single#1', { rebalances, disturbances })]).timelines;
    expect(timeline!.title).toBe('During single');
    expect(timeline!.findings.map(({ title, text }) => [title, text])).toEqual([
      ['0.900 s', 'group all at epoch 2, 2 members: m1 t-0; m2 nothing'],
      ['1.500 s', 'disturbance: restart'],
    ]);
  });

  it('warns of members that had no partition, and of rows that were not run', () => {
    const rebalances = [{ group: 'run.all', epoch: 1, atMs: 5, members: { m1: 't-0', m2: '' } }];
    const cut = {
      ...report([row('single#1', { rebalances })]),
      scenario: { ...scenario, rows: threeModes().scenario!.rows },
    };
    expect(viewOf({ report: cut, gate: null }).cautions).toEqual([
      'single: 1 of 2 members of group all had no partition',
      '2 of 3 rows were not run.',
    ]);
  });

  it('warns of publishes that failed, also where order held', () => {
    const few = row('single#1', { counts: counts({ acked: 256, delivered: 256, handled: 256 }) });
    expect(seen([few]).cautions).toContain(
      'single: 4,744 of 5,000 publishes were refused or not answered, and order is judged of the others only',
    );
    expect(seen([row('single#1')]).cautions).toEqual([]);
  });

  it('has one command for an inconclusive row, and says what it changes', () => {
    const unclear = row('multi/shared#1', {
      outcome: 'inconclusive',
      reasons: [sharedSource(12, 15)],
      exposure: exposure(0, 412),
      mode: 'multi',
      durable: 'shared',
    });
    const given = report([unclear], { scenario: { ...scenario, expect: {} } });
    const { toDecide } = viewOf({ report: given, gate: null });
    expect(toDecide.commands).toHaveLength(1);
    expect(toDecide.commands[0]!.about).toBe('multi/shared, changed so that its order is guaranteed');
  });

  it('marks the meanings of candidates that held order as said in the claims', () => {
    const rows = [violatedRow('multi/shared+keyed-pool#1'), row('single+keyed-pool#1')];
    const compared = withComparison(report(rows));
    const inClaims = (given: typeof compared): boolean[] =>
      viewOf({ report: given, gate: null }).meanings.findings.map(({ isInClaims }) => isInClaims);
    expect(inClaims(compared)).toEqual([false, true]);
    expect(inClaims(report(rows))).toEqual([false, false]);
  });

  it('has a table a swept row, headed by its field', () => {
    const point = { field: 'topics', value: '2' };
    const rows = [row('single@topics=2#1', { point })];
    const { sweeps } = viewOf({ report: report(rows, { sweeps: sweepSeries(rows) }), gate: null });
    expect(sweeps!.series.map(({ name, field, table }) => [name, field, table.columns[0]!.title])).toEqual([
      ['single', 'topics', 'topics'],
    ]);
  });
});
