import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../../src/domain/report/comparison.js';
import { comparisonView } from '../../../../src/report/view/comparison/comparison-view.js';
import { promiseTable } from '../../../../src/report/view/comparison/promises-view.js';
import type { ProbeOutcome } from '../../../../src/domain/report/probe.js';
import type { RunRow } from '../../../../src/domain/report/run-report.js';
import type { Cell } from '../../../../src/report/view/model/table.js';
import { counts, row, scenario } from '../../fixtures.js';
import { candidatesOn } from '../../../comparison/candidates.js';
import { comparisonOf, gate, repeated, retry } from '../../../comparison/fixtures.js';

function promisesOf(candidates: readonly Candidate[]): string[][] {
  const { columns, rows } = promiseTable(candidates);
  return rows.map((row) => columns.map(({ id }) => row[id].text));
}

describe('the table of promises', () => {
  it('says of each candidate whose order it keeps, and through what', () => {
    const [plain, retried] = promisesOf(candidatesOn('nats'));
    expect(plain).toEqual(['multi/shared+plain', 'first deliveries', 'no', 'no', 'no']);
    expect(retried).toEqual(['single+retry', 'each aggregate', 'yes', 'no', 'yes']);
  });

  it('asks of rebalances and partitions where there are any', () => {
    const titles = (broker: string): string[] => promiseTable(candidatesOn(broker)).columns.map(({ title }) => title);
    expect(titles('nats').slice(2)).toEqual(['redelivery', 'crash', 'resize']);
    expect(titles('kafka').slice(2)).toEqual(['redelivery', 'crash', 'resize', 'rebalance', 'partitions']);
  });

  it('has a dash that stands back where it cannot happen on one of two brokers', () => {
    const both = [...candidatesOn('kafka'), ...candidatesOn('nats')];
    expect(promisesOf(both).at(-1)!.slice(2)).toEqual(['yes', 'no', 'yes', '–', '–']);
    expect(promiseTable(both).rows.at(-1)!.rebalance.tone).toBe('aside');
  });
});

describe('the view of a comparison', () => {
  const rows = ['multi/shared+plain', 'single+retry', 'multi/shared+gate'].flatMap((id) => repeated(id, [100, 101]));
  const comparison = comparisonOf(rows, { retry, gate });

  it('says once what each strategy costs', () => {
    const twice = { ...comparison, candidates: [...comparison.candidates, ...comparison.candidates] };
    expect(comparisonView(twice, 'wall').costs.findings.map(({ title }) => title)).toEqual(['plain', 'retry', 'gate']);
  });

  it('marks a repair behind a fault, and explains the mark', () => {
    const { table, notes } = comparisonView(comparison, 'wall');
    expect(table.rows.at(-1)!.strategy.marks).toContain('†');
    expect(notes.map(({ text }) => text)).toContain(
      '†: repairs behind a fault, which stays: defence in depth, not a fix',
    );
  });

  it('writes how many runs came out so in full and in short', () => {
    const { table } = comparisonView(comparison, 'wall');
    expect(table.rows[1]!.outcome).toMatchObject({ text: 'ordered in 2 of 2 runs', short: 'ordered 2/2' });
  });

  it('counts no inconclusive run as violated, nor the other way round', () => {
    const outcomes = ['violated', 'inconclusive', 'inconclusive', 'ordered'] as const;
    const mixed = repeated('single+retry', [100, 101, 102, 103]).map((one, at) => ({ ...one, outcome: outcomes[at]! }));
    const outcomeOf = (rows: readonly RunRow[]): Cell =>
      comparisonView(comparisonOf(rows), 'wall').table.rows[0]!.outcome;
    expect(outcomeOf(mixed)).toMatchObject({
      text: 'violated in 1 of 4 runs',
      short: 'violated 1/4',
      detail: '2 inconclusive, 1 ordered',
    });
    expect(outcomeOf(mixed.slice(1))).toMatchObject({ short: 'inconclusive 2/3', detail: '1 ordered' });
  });

  it('says no more of a report that did not count violated runs than that report does', () => {
    const [one] = comparisonOf(
      repeated('single+retry', [100, 101]).map((row) => ({ ...row, outcome: 'violated' as const })),
    ).candidates;
    const older = { ...comparison, candidates: [{ ...one!, runsViolated: null }] };
    expect(comparisonView(older, 'wall').table.rows[0]!.outcome).toMatchObject({
      text: 'violated (0 of 2 ordered)',
      short: 'violated',
    });
  });
});

describe('the view of a probe', () => {
  const rows = ['single+plain', 'single+retry', 'single+gate', 'single+unclear', 'single+untried'].flatMap((id) =>
    repeated(id, [100, 101]),
  );
  const probed: readonly RunRow[] = [
    probeRow('single+plain#1', { outcome: 'violated', completionInversions: 37 }),
    probeRow('single+retry#1', { retries: 42 }),
    probeRow('single+gate#1', { redone: 41, bufferDepthMax: 68 }),
    probeRow('single+unclear#1', { outcome: 'inconclusive' }),
  ];
  const scenarioOfProbe = { ...scenario, handlerFailShare: 0.01, handlerFailure: 'nak' as const, versions: 50 };
  const comparison = comparisonOf(rows, { retry, gate }, {}, false, { scenario: scenarioOfProbe, rows: probed });

  it('is a column that tells apart what came out alike where nothing fails', () => {
    const { table } = comparisonView(comparison, 'wall');
    expect(table.columns.map(({ title }) => title)).toContain('1 % fail');
    expect(table.rows.map(({ probe }) => [probe.status?.outcome, probe.text])).toEqual([
      ['violated', '37'],
      ['ordered', '42 retried'],
      ['ordered', '41 again'],
      ['inconclusive', 'unclear'],
      [undefined, '–'],
    ]);
  });

  it('is explained below the table, with how candidates differ that are alike otherwise', () => {
    const { candidates } = comparison;
    const two = { ...comparison, candidates: candidates.filter(({ strategy }) => /retry|gate/.test(strategy)) };
    const notes = comparisonView(two, 'wall').notes.map(({ text }) => text);
    expect(notes.find((text) => text.startsWith('1 % fail'))).toContain('1 % of handlings failing and 50 versions');
    expect(notes.at(-1)).toBe(
      'alike to the last digit as long as nothing fails: single+retry, single+gate; where handlers fail, single+retry held order: 42 retries in place; single+gate held order: 41 failed events delivered again and up to 68 early events held back at once',
    );
  });

  it.each([
    ['off', 'not tried with failing handlers: it is switched off (--probe-fail none)'],
    ['handlers-fail', 'not tried with failing handlers: handlers fail in every run here'],
    ['swept', 'not tried with failing handlers: it is not part of a sweep'],
    ['cut-short', 'not tried with failing handlers: the run ended early'],
  ] as const)('is no column where there was none (%s), and the notes say why', (omitted, note) => {
    const none = { ...comparison, probe: null, probeOmitted: omitted };
    const { table, notes } = comparisonView(none, 'wall');
    expect(table.columns.map(({ id }) => id)).not.toContain('probe');
    expect(notes.map(({ text }) => text)).toContain(note);
  });
});

function probeRow(
  id: string,
  {
    outcome = 'ordered',
    completionInversions = 0,
    retries = 0,
    redone = 0,
    bufferDepthMax = null,
  }: Partial<ProbeOutcome> = {},
): RunRow {
  const { duplicates } = counts();
  return row(id, {
    outcome,
    bufferDepthMax,
    counts: counts({
      completionInversions,
      violations: completionInversions,
      retries,
      duplicates: { ...duplicates, total: redone, redone },
    }),
  });
}
