import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../../src/domain/report/comparison.js';
import { comparisonView } from '../../../../src/report/view/comparison/comparison-view.js';
import { promiseTable } from '../../../../src/report/view/comparison/promises-view.js';
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
    expect(table.rows[1]!.outcome).toMatchObject({ text: 'ordered (2 of 2 ordered)', short: 'ordered 2/2' });
  });
});
