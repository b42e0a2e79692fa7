/** The arrays that github-action-benchmark reads: the fields that it requires, and each figure on the right side. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../../src/domain/report/run-report.js';
import { biggerIsBetter, smallerIsBetter } from '../../../src/report/exporters/benchmark.js';
import { anyReport } from '../arbitraries.js';
import { report, row, violatedRow } from '../fixtures.js';

type Point = Record<'name' | 'unit' | 'value' | 'range' | 'extra', unknown>;

function points(one: RunReport, better: 'smaller' | 'bigger'): Point[] {
  const { render } = better === 'smaller' ? smallerIsBetter : biggerIsBetter;
  return JSON.parse(render([{ report: one, gate: null }])) as Point[];
}

describe('the arrays', () => {
  it('has latencies, violations and memory where smaller is better', () => {
    const figures = points(report([violatedRow()]), 'smaller').map(({ name, unit, value }) => [name, unit, value]);
    expect(figures).toEqual([
      ['run multi/shared violations', 'violations', 428],
      ['run multi/shared end-to-end-p50', 'ms', 12.31],
      ['run multi/shared end-to-end-p99', 'ms', 98.1],
      ['run multi/shared peak-rss', 'bytes', 120_000_000],
    ]);
  });

  it('has throughput where bigger is better', () => {
    const figures = points(report([violatedRow()]), 'bigger').map(({ name, unit, value }) => [name, unit, value]);
    expect(figures).toEqual([
      ['run multi/shared published', 'events/s', 5005],
      ['run multi/shared handled', 'events/s', 4950.1],
    ]);
  });

  it('has a range and the number of repeats only where there are some', () => {
    const [once] = points(report([row('single#1')]), 'smaller');
    expect(once).not.toHaveProperty('range');
    expect(once!.extra).toBe('broker: sim:jetstream\nclock: virtual\neventbus-bench run --topics 5 --seed 42');
    const [repeated] = points(report([violatedRow('single#1'), row('single#2')]), 'smaller');
    expect(repeated).toMatchObject({ value: 214, range: '0 to 428' });
    expect(repeated!.extra).toMatch(/^median of 2 repeats\n/);
  });

  it('has a finite value, a name, a unit and texts for every figure, no name twice, whatever the report', () => {
    fc.assert(
      fc.property(anyReport, fc.constantFrom('smaller' as const, 'bigger' as const), (one, better) => {
        const all = points(one, better);
        for (const { name, unit, value, range, extra } of all) {
          expect([typeof name, typeof unit, typeof extra]).toEqual(['string', 'string', 'string']);
          expect(Number.isFinite(value)).toBe(true);
          expect(range === undefined || typeof range === 'string').toBe(true);
        }
        expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
      }),
    );
  });
});
