/** The heading says what was run, and its numbers are those of the rows below it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../../src/domain/report/run-report.js';
import { modeRows, type Scenario } from '../../../src/domain/scenario/scenario.js';
import { headingView } from '../../../src/report/view/heading-view.js';
import { report, row, scenario } from '../fixtures.js';

const strategyIds = ['keyed-pool', 'serial', 'actor', 'retry-in-place', 'version-gate'];

function rowOf(mode: string, strategy: string, point: RunRow['point'] = null): RunRow {
  return row(`${mode}+${strategy}#1`, { strategy, point });
}

function workloadOf(rows: readonly RunRow[]): string {
  return headingView(report([...rows])).workload!;
}

const anyRows = fc.array(fc.tuple(fc.constantFrom(...modeRows), fc.constantFrom(...strategyIds)), {
  minLength: 1,
  maxLength: 12,
});
const anySweep = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 });

describe('the heading', () => {
  it.each([
    [['single+keyed-pool'], 'keyed-pool with'],
    [['single+keyed-pool', 'multi/shared+keyed-pool'], 'keyed-pool with'],
    [['single+serial', 'single+actor'], '2 strategies with'],
    [['single+serial', 'multi/shared+actor'], '2 strategies with'],
    [['single+serial', 'multi/shared+serial', 'single+actor', 'multi/shared+actor'], '2 strategies in 2 modes with'],
    [['single+serial', 'multi/shared+serial', 'single+actor'], '3 rows with'],
  ])('over %j says: %s', (names, text) => {
    const rows = names.map((name) => rowOf(...(name.split('+') as [string, string])));
    expect(workloadOf(rows)).toContain(`, ${text} 256 workers`);
  });

  it('over a sweep names the values, or the first and the last of many', () => {
    const swept = (field: string, values: readonly number[]): RunRow[] =>
      values.map((value) => rowOf('single', 'keyed-pool', { field, value: String(value) }));
    expect(workloadOf(swept('topics', [5, 1, 2]))).toMatch(/^1, 2 and 5 topics, 50 aggregates/);
    expect(workloadOf(swept('workers', [1, 2, 3, 4, 5, 6, 1000]))).toMatch(/with 1 to 1,000 workers$/);
    expect(workloadOf(swept('skew', [0, 1.5]))).toContain('× 100 versions on average (skew 0 and 1.5), ');
    expect(workloadOf([...swept('topics', [2]), ...swept('versions', [7])])).toMatch(
      /^2 and 5 topics, .* × 7 and 100 /,
    );
  });

  it('says that the run was perturbed, and by what', () => {
    const headed = (perturb: Scenario['perturb'], rows: readonly RunRow[]): string | null =>
      headingView({ ...report([...rows]), scenario: { ...scenario, perturb } }).perturbed;
    const rows = [rowOf('single', 'serial')];
    expect(headed(null, rows)).toBeNull();
    expect(headed({ minMs: 0, maxMs: 2 }, rows)).toBe('perturbed by 0 to 2 ms');
    expect(headed({ minMs: 1, maxMs: 1 }, rows)).toBe('perturbed by 1 ms');
    const swept = ['0-2ms', '0-5ms'].map((value) => rowOf('single', 'serial', { field: 'perturb', value }));
    expect(headed(null, swept)).toBe('perturbed by 0-2ms and 0-5ms');
  });

  it('counts strategies, modes and combinations as its rows have them', () => {
    fc.assert(
      fc.property(anyRows, (combinations) => {
        const text = workloadOf(combinations.map(([mode, strategy]) => rowOf(mode, strategy)));
        const strategies = new Set(combinations.map(([, strategy]) => strategy)).size;
        const modes = new Set(combinations.map(([mode]) => mode)).size;
        const pairs = new Set(combinations.map((pair) => pair.join('+'))).size;
        const said = (noun: RegExp): number | null => {
          const found = new RegExp(`(\\d+) ${noun.source}`).exec(text);
          return found === null ? null : Number(found[1]);
        };
        expect([null, strategies]).toContain(said(/strateg(?:y|ies)\b/));
        expect([null, modes]).toContain(said(/modes?\b(?! and)/));
        expect([null, pairs]).toContain(said(/rows?\b/));
        const product = said(/rows?\b/) ?? (said(/strateg(?:y|ies)\b/) ?? 1) * (said(/modes?\b(?! and)/) ?? 1);
        if (strategies > 1) expect(product).toBe(pairs);
      }),
    );
  });

  it('has of a swept field every value that a row has, and no other', () => {
    fc.assert(
      fc.property(anySweep, fc.constantFrom('topics', 'aggregates', 'versions', 'workers'), (values, field) => {
        const text = workloadOf(values.map((value) => rowOf('single', 'keyed-pool', { field, value: String(value) })));
        const [, numbers = ''] = new RegExp(`((?:\\d+(?:, | and )?)+) ${field.slice(0, -1)}s?\\b`).exec(text) ?? [];
        expect(numbers.split(/, | and /).map(Number)).toEqual([...values].sort((a, b) => a - b));
      }),
    );
  });
});
