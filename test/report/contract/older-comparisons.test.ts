import { describe, expect, it } from 'vitest';
import { comparisonSchema, seriesSchema } from '../../../src/report/contract/comparison-schema.js';
import { withOlderComparison } from '../../../src/report/contract/older-comparisons.js';
import { renderRecommendation } from '../../../src/report/terminal/comparison-lines.js';
import { createTheme } from '../../../src/report/terminal/theme.js';
import { recommendationView } from '../../../src/report/view/comparison/recommendation-view.js';

const figures = {
  runs: 5,
  outcome: 'ordered',
  violations: 0,
  regressionsPerRun: { value: 0, low95: 0, high95: 0 },
  contestedPairs: 1000,
  invertedRate: { value: 0, low95: 0, high95: 0.003 },
  handledPerSecond: 100,
  p50Ms: 1,
  p99Ms: 2,
  handlersMean: 3,
  heldMax: 4,
};

/** As schema version 1.1 had it. */
const older = {
  schemaVersion: '1.1',
  comparison: {
    baseline: 'single+serial',
    candidates: [
      {
        ...figures,
        name: 'single+serial',
        broker: 'sim:jetstream',
        mode: 'single',
        strategy: 'serial',
        guarantee: { order: 'per-aggregate, first pass', survives: { redelivery: false, crash: false, resize: true } },
        costs: 'no parallelism at all',
        repairsInput: false,
        notRun: null,
        runsOrdered: 5,
        regressions: 0,
        regressionsUpstream: 0,
        duplicates: 0,
        lost: 0,
        others: 0,
        invertedPairs: 0,
        relativeSpeed: null,
        bufferDepthMax: null,
        peakRssBytes: 100_000_000,
        isParetoOptimal: true,
      },
    ],
    recommendation: { candidate: 'single+serial', text: 'Take single+serial: the only one.' },
  },
  sweeps: [{ field: 'topics', name: 'single', points: [{ value: '1', ...figures }] }],
};

describe('a comparison of a report of version 1.x', () => {
  const { comparison, sweeps } = withOlderComparison(older) as { comparison: unknown; sweeps: unknown[] };

  it('is read with null for what it did not know, and claims no survival that it did not name', () => {
    const { candidates, recommendation } = comparisonSchema.parse(comparison);
    expect(candidates[0]).toMatchObject({ repairs: null, atMost: null, atRiskPairs: null });
    expect(candidates[0]!.guarantee.survives).toEqual({
      redelivery: false,
      crash: false,
      resize: true,
      rebalance: false,
      partitions: false,
    });
    expect(recommendation).toMatchObject({ headline: 'Take single+serial: the only one.', parts: [] });
    expect(seriesSchema.parse(sweeps[0]).points[0]).toMatchObject({
      runsOrdered: null,
      atMost: null,
      atRiskPairs: null,
    });
  });

  it('loses the bound that was taken over pairs', () => {
    expect(comparisonSchema.parse(comparison).candidates[0]!.invertedRate).toEqual({
      value: 0,
      low95: null,
      high95: null,
    });
  });

  it('shows its recommendation as it was written', () => {
    const theme = createTheme({ color: false, ascii: false });
    const shown = renderRecommendation(recommendationView(comparisonSchema.parse(comparison).recommendation), {
      width: 80,
      theme,
    });
    expect(shown).toEqual(['Recommendation', '  Take single+serial: the only one.']);
  });

  it('stays as it is where it knows more', () => {
    const read = withOlderComparison(withOlderComparison(older)) as { comparison: unknown };
    expect(read.comparison).toEqual(comparison);
    expect(withOlderComparison({ comparison: null, sweeps: [] })).toEqual({ comparison: null, sweeps: [] });
  });
});
