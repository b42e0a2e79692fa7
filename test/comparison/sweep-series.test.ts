import { describe, expect, it } from 'vitest';
import { mostRunsLosingOrder } from '../../src/domain/scenario/run-bound.js';
import { sweepSeries } from '../../src/comparison/sweep-series.js';
import { counts, exposure, row } from '../report/fixtures.js';

function at(field: string, value: string, repeat: number, regressions: number) {
  return row(`single@${field}=${value}#${repeat}`, {
    repeat,
    point: { field, value },
    outcome: regressions > 0 ? 'violated' : 'ordered',
    counts: counts({ regressions, violations: regressions }),
    exposure: exposure(regressions, 100),
  });
}

describe('the series of a sweep', () => {
  it('has a point a value, in the order of the values, with the repeats of each taken together', () => {
    const rows = [at('topics', '1', 1, 0), at('topics', '10', 1, 4), at('topics', '1', 2, 0), at('topics', '10', 2, 6)];
    const [series, ...others] = sweepSeries(rows);
    expect(others).toEqual([]);
    expect(series).toMatchObject({ field: 'topics', name: 'single' });
    expect(series!.points.map(({ value, runs, outcome }) => [value, runs, outcome])).toEqual([
      ['1', 2, 'ordered'],
      ['10', 2, 'violated'],
    ]);
    expect(series!.points[1]!.regressionsPerRun!.value).toBe(5);
    expect(series!.points[0]).toMatchObject({
      runsOrdered: 2,
      atMost: mostRunsLosingOrder(2),
      atRiskPairs: 200,
    });
    expect(series!.points[1]).toMatchObject({ atMost: null, invertedRate: { value: 0.05, low95: null, high95: null } });
  });

  it('is one a field and row, and none where nothing was swept', () => {
    const rows = [at('topics', '1', 1, 0), at('workers', '1', 1, 0), row('single#1')];
    expect(sweepSeries(rows).map(({ field }) => field)).toEqual(['topics', 'workers']);
    expect(sweepSeries([row('single#1')])).toEqual([]);
  });
});
