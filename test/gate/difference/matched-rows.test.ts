/** Which row of one report stands beside which of another. */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { matchedRows } from '../../../src/gate/difference/matched-rows.js';
import { row } from '../../report/fixtures.js';

function matched(a: readonly RunRow[], b: readonly RunRow[]): unknown {
  const { pairs, onlyA, onlyB } = matchedRows(a, b);
  return {
    pairs: pairs.map((pair) => `${pair.a.label} = ${pair.b.label}`),
    onlyA: onlyA.map(({ label }) => label),
    onlyB: onlyB.map(({ label }) => label),
  };
}

describe('rows of two reports', () => {
  it('match by mode and strategy, whatever their names and their order', () => {
    const a = [row('multi/shared#1'), row('single#1'), row('single#2')];
    const b = [row('single+keyed-pool#1'), row('multi/shared+keyed-pool#1')];
    expect(matched(a, b)).toEqual({
      pairs: ['single = single+keyed-pool', 'multi/shared = multi/shared+keyed-pool'],
      onlyA: [],
      onlyB: [],
    });
  });

  it('match by name if broker or strategy differs', () => {
    const a = [row('single#1')];
    expect(matched(a, [row('single#1', { strategy: 'serial' })])).toMatchObject({ pairs: ['single = single'] });
    const kafka = { kind: 'sim:kafka', version: null, url: null };
    expect(matched(a, [row('single#1', { broker: kafka })])).toMatchObject({ pairs: ['single = single'] });
  });

  it('match by what they are before they match by name', () => {
    const a = [row('single#1', { strategy: 'serial' })];
    const b = [row('single#1'), row('single+serial#1', { strategy: 'serial' })];
    expect(matched(a, b)).toEqual({ pairs: ['single = single+serial'], onlyA: [], onlyB: ['single'] });
  });

  it('match at the same point of a sweep only', () => {
    const at = (value: string): RunRow => row(`single@topics=${value}#1`, { point: { field: 'topics', value } });
    expect(matched([at('1'), at('2')], [at('2'), at('5')])).toEqual({
      pairs: ['single@topics=2 = single@topics=2'],
      onlyA: ['single@topics=1'],
      onlyB: ['single@topics=5'],
    });
  });

  it('are left alone where the other report has none', () => {
    expect(matched([row('single#1')], [row('multi/shared#1')])).toEqual({
      pairs: [],
      onlyA: ['single'],
      onlyB: ['multi/shared'],
    });
  });
});
