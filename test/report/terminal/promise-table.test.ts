import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/domain/report/comparison.js';
import { claimsOf } from '../../../src/report/words/candidate-text.js';
import { renderCosts, renderPromises } from '../../../src/report/terminal/promise-table.js';
import { createTheme } from '../../../src/report/terminal/theme.js';
import { comparisonOf, gate, repeated, retry } from '../../comparison/fixtures.js';

const theme = createTheme({ color: false, ascii: false });

function candidatesOn(broker: string): readonly Candidate[] {
  const rows = ['multi/shared+plain', 'single+retry', 'multi/shared+gate'].flatMap((id) =>
    repeated(id, [100, 101], { broker }),
  );
  return comparisonOf(rows, { retry, gate }).candidates;
}

describe('the table of promises', () => {
  it('says of each candidate whose order it keeps, and through what', () => {
    const [, , plain, retried] = renderPromises(candidatesOn('nats'), { width: 80, theme });
    expect(plain).toMatch(/^multi\/shared\+plain +first deliveries +no +no +no$/);
    expect(retried).toMatch(/^single\+retry +each aggregate +yes +no +yes$/);
  });

  it('asks of rebalances and partitions where there are any', () => {
    const [jetstream] = renderPromises(candidatesOn('nats'), { width: 80, theme });
    expect(jetstream).toMatch(/redelivery +crash +resize$/);
    const lines = renderPromises(candidatesOn('kafka'), { width: 80, theme });
    expect(lines[0]).toMatch(/redelivery +crash +resize +rebalance +partitions$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('has a dash where it cannot happen on one of two brokers', () => {
    const both = [...candidatesOn('kafka'), ...candidatesOn('nats')];
    expect(renderPromises(both, { width: 120, theme }).at(-1)).toMatch(/yes +no +yes +– +–$/);
  });

  it('tells what each strategy costs, once', () => {
    const lines = renderCosts([...candidatesOn('nats'), ...candidatesOn('nats')], { width: 80, theme });
    expect(lines.map((line) => line.trim().split(/ +/)[0])).toEqual(['plain', 'retry', 'gate']);
  });
});

describe('what is said of a candidate', () => {
  it('names the survivals that its broker asks for', () => {
    expect(claimsOf(candidatesOn('nats')[1]!)).toContain('through redelivery, resize, not through crash.');
    expect(claimsOf(candidatesOn('kafka')[1]!)).toContain('not through crash, rebalance, partitions.');
  });

  it('names a repair behind a fault as such', () => {
    expect(claimsOf(candidatesOn('nats')[2]!)).toContain('defence in depth, not a fix');
    expect(claimsOf(candidatesOn('kafka')[2]!)).not.toContain('defence in depth');
  });

  it('gives its zero by runs and by pairs at risk, and no memory of the process', () => {
    const text = claimsOf(candidatesOn('nats')[1]!);
    expect(text).toContain(
      'Ordered in 2 of 2 runs: at most 78 % of runs are violated, with 95 % confidence; 0 of 2,000 pairs at risk inverted.',
    );
    expect(text).not.toMatch(/MB|contested/);
  });
});
