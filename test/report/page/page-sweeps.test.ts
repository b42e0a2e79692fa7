/** The curves of a sweep as the page draws them: as many as can be told apart, the others counted. */
import { describe, expect, it } from 'vitest';
import { pageSweepsOf } from '../../../src/report/page/page-sweeps.js';
import type { SweepFigures } from '../../../src/domain/scenario/sweep.js';

const point = (value: string): SweepFigures => ({
  ...{ value, runs: 1, runsOrdered: 0, atMost: null, outcome: 'violated', violations: 3, contestedPairs: 9 },
  ...{ regressionsPerRun: { value: 3, low95: null, high95: null }, atRiskPairs: 9 },
  ...{ invertedRate: { value: null, low95: null, high95: null }, handledPerSecond: 100, p50Ms: 1, p99Ms: 2 },
  ...{ handlersMean: 1, heldMax: 4 },
});

describe('the curves of a sweep', () => {
  it('are at most eight a field, and the others are counted', () => {
    const series = Array.from({ length: 10 }, (_, index) => ({ field: 'topics', name: `row-${index}`, points: [point('1')] })); // prettier-ignore
    const [sweep] = pageSweepsOf(series, 'virtual');
    expect(sweep!.series).toHaveLength(8);
    expect(sweep!.seriesLeftOut).toBe(2);
  });

  it('share the values of their field, in its order, and stand by field', () => {
    const sweeps = pageSweepsOf(
      [
        { field: 'topics', name: 'single', points: [point('10'), point('2')] },
        { field: 'workers', name: 'single', points: [point('4')] },
      ],
      'wall',
    );
    expect(sweeps.map(({ field, values }) => [field, values])).toEqual([
      ['topics', ['10', '2']],
      ['workers', ['4']],
    ]);
  });
});
