/** How many runs of a row were ordered, what that bounds, and how many more a confidence takes. */
import { describe, expect, it } from 'vitest';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { Outcome } from '../../src/domain/scenario/scenario.js';
import {
  repeatsToOrderedRuns,
  runsMax,
  shortOfOrderedRuns,
  stalledAfterRuns,
  orderedRowSummaries,
} from '../../src/gate/ordered-runs.js';
import { exposure, row } from '../report/fixtures.js';

const outcomes = { o: 'ordered', v: 'violated', i: 'inconclusive' } as const satisfies Record<string, Outcome>;

/** `oovi`: runs of one row that came out so, each with 100 pairs at risk. */
function runs(letters: string, label = 'single', overrides: Partial<RunRow> = {}): RunRow[] {
  return Array.from(letters, (letter, at) =>
    row(`${label}#${at + 1}`, {
      outcome: outcomes[letter as keyof typeof outcomes],
      repeat: at + 1,
      exposure: exposure(0, 100, { atRiskPairs: 100 }),
      ...overrides,
    }),
  );
}

const i = (times: number): string => 'i'.repeat(times);
const o = (times: number): string => 'o'.repeat(times);

describe('further repeats', () => {
  it('are as many as ordered runs are lacking: an inconclusive run is not one', () => {
    expect(repeatsToOrderedRuns(runs(o(59)), 59)).toBe(0);
    expect(repeatsToOrderedRuns(runs(`${o(57)}ii`), 59)).toBe(2);
    expect(repeatsToOrderedRuns([...runs(o(59)), ...runs(`${o(56)}iii`, 'multi/per-topic')], 59)).toBe(3);
  });

  it('are none for a row that was violated: that is certain', () => {
    expect(repeatsToOrderedRuns(runs('oiv'), 59)).toBe(0);
    expect(repeatsToOrderedRuns([...runs('v', 'multi/shared'), ...runs('o')], 2)).toBe(1);
  });

  it('are none for a row that an error ended', () => {
    const error = { code: 'unsupported', message: 'm', wayOut: 'w' };
    expect(repeatsToOrderedRuns(runs('i', 'single', { error }), 59)).toBe(0);
  });

  it('are none after so many inconclusive runs one after the other', () => {
    expect(repeatsToOrderedRuns(runs(`o${i(stalledAfterRuns - 1)}`), 59)).toBe(58);
    expect(repeatsToOrderedRuns(runs(`o${i(stalledAfterRuns)}`), 59)).toBe(0);
  });

  it('do not go on without end', () => {
    const most = runsMax(5);
    expect(most).toBe(35);
    const seldom = 'iiiiiiiiio'.repeat(4).slice(0, most - 1);
    expect(repeatsToOrderedRuns(runs(seldom), 5)).toBe(1);
    expect(repeatsToOrderedRuns(runs('iiiiiiiiio'.repeat(4).slice(0, most)), 5)).toBe(0);
  });
});

describe('a row with too few ordered runs', () => {
  const sure = { confidence: 0.95, within: 0.05 };
  const asked =
    'a bound of 5 % of runs with 95 % confidence takes 59 ordered runs and none violated (--confidence, --within)';

  it('is named with what its runs came to', () => {
    expect(shortOfOrderedRuns(runs(`${o(40)}${i(20)}`), sure)).toEqual([
      `single: 40 of 60 runs ordered, 20 inconclusive, the last 20 all inconclusive; ${asked}`,
    ]);
  });

  it('is one too of which any was violated', () => {
    expect(shortOfOrderedRuns(runs(`${o(59)}v`), sure)).toEqual([
      `single: 59 of 60 runs ordered, 1 violated; ${asked}`,
    ]);
  });

  it('is none where enough were ordered, or none were asked for', () => {
    expect(shortOfOrderedRuns(runs(`${o(59)}ii`), sure)).toEqual([]);
    expect(shortOfOrderedRuns(runs('i'), { confidence: null, within: null })).toEqual([]);
  });
});

describe('a zero', () => {
  const usual = { confidence: null };

  it('of one run is told without a bound', () => {
    expect(orderedRowSummaries(runs('o'), usual)).toEqual([
      'single: ordered; 0 of 100 pairs at risk came in the wrong order (one run gives no bound)',
    ]);
  });

  it('of several runs bounds the share of runs, never of pairs', () => {
    expect(orderedRowSummaries(runs(o(59)), usual)).toEqual([
      'single: 59 of 59 runs ordered, so at most 5 % of runs lose order (95 % confidence); 0 of 5,900 pairs at risk in the wrong order',
    ]);
    expect(orderedRowSummaries(runs(o(5)), usual)[0]).toContain('at most 46 % of runs');
  });

  it('does not count inconclusive runs towards the bound', () => {
    expect(orderedRowSummaries(runs('oooooii'), usual)[0]).toMatch(
      /^single: 5 of 7 runs ordered, 2 inconclusive, so at most 46 %/,
    );
    expect(orderedRowSummaries(runs('ii'), usual)).toEqual([]);
  });

  it('has the confidence that was asked for', () => {
    expect(orderedRowSummaries(runs(o(90)), { confidence: 0.99 })[0]).toContain(
      'at most 5 % of runs lose order (99 % confidence)',
    );
  });

  it('is not told of a row that is violated, or has inverted pairs', () => {
    expect(orderedRowSummaries(runs('oov'), usual)).toEqual([]);
    expect(orderedRowSummaries(runs('oo', 'single', { exposure: exposure(1, 100) }), usual)).toEqual([]);
  });
});
