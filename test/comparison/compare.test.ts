import { describe, expect, it } from 'vitest';
import { compareRows } from '../../src/comparison/compare.js';
import type { Comparison } from '../../src/domain/comparison.js';
import type { RunRow } from '../../src/domain/run-report.js';
import { counts, exposure, row, scenario } from '../report/fixtures.js';

const claims = {
  guarantee: {
    order: 'per-aggregate, first pass',
    survives: { redelivery: false, crash: true, resize: true, rebalance: true, partitions: true },
  },
  costs: 'a lot',
  repairsInput: false,
} as const;

interface Figures {
  readonly speed?: number | null;
  readonly p99?: number;
  readonly held?: number;
  readonly outcome?: RunRow['outcome'];
  readonly regressions?: number;
  readonly contested?: number;
}

function run(
  id: string,
  { speed = 100, p99 = 10, held = 5, outcome = 'ordered', regressions = 0, contested = 1000 }: Figures = {},
): RunRow {
  const latency = row(id).latencyMs;
  return row(id, {
    strategy: id.replace(/^.*\+|#\d+$/g, ''),
    outcome,
    counts: counts({ regressions, violations: regressions }),
    exposure: exposure(regressions, contested),
    throughput: { publishedPerSecond: speed, handledPerSecond: speed },
    latencyMs: { ...latency, endToEnd: { ...latency.endToEnd, p99 } },
    concurrency: { handlersMean: 2, handlersMax: 3, heldMax: held },
  });
}

function compare(rows: readonly RunRow[], baseline: string | null = null): Comparison {
  return compareRows({ rows, scenario, baseline, isCutShort: false, claimsOf: () => claims })!;
}

const candidate = (comparison: Comparison, name: string): Comparison['candidates'][number] =>
  comparison.candidates.find((one) => one.name === name)!;

describe('a comparison', () => {
  it('takes repeats together: counts as sums, figures as medians, the outcome as the worst', () => {
    const one = candidate(
      compare([
        run('single+a#1', { speed: 90, regressions: 2, outcome: 'violated', held: 4 }),
        run('single+a#2', { speed: 120, held: 9 }),
        run('single+a#3', { speed: 100 }),
      ]),
      'single+a',
    );
    expect(one).toMatchObject({
      outcome: 'violated',
      runs: 3,
      runsOrdered: 2,
      regressions: 2,
      contestedPairs: 3000,
      invertedPairs: 2,
      handledPerSecond: 100,
      heldMax: 9,
    });
    // By hand: mean 2/3, sample deviation 1.1547, t(0.975, 2) = 4.3027.
    expect(one.regressionsPerRun!.value).toBeCloseTo(0.667, 3);
    expect(one.regressionsPerRun!.high95).toBeCloseTo(0.667 + (4.3027 * 1.1547) / Math.sqrt(3), 3);
  });

  it('measures speed by the baseline repeat by repeat, so that what slowed both down does not count', () => {
    const rows = [1, 2, 3].flatMap((repeat) => [
      run(`single+a#${repeat}`, { speed: 1000 / repeat }),
      run(`single+b#${repeat}`, { speed: 500 / repeat }),
    ]);
    const comparison = compare(rows.map((one) => ({ ...one, repeat: Number(one.id.at(-1)) })));
    expect(comparison.baseline).toBe('single+a');
    const { ratio, low95, high95 } = candidate(comparison, 'single+b').relativeSpeed!;
    for (const value of [ratio, low95, high95]) expect(value).toBeCloseTo(0.5, 10);
  });

  it('has no interval of a single run, and no ratio of a speed that is not known', () => {
    const comparison = compare([
      run('single+a#1'),
      run('single+b#1', { speed: 50 }),
      run('single+c#1', { speed: null }),
    ]);
    expect(candidate(comparison, 'single+b').relativeSpeed).toEqual({ ratio: 0.5, low95: null, high95: null });
    expect(candidate(comparison, 'single+c').relativeSpeed).toBeNull();
  });

  it('gives a zero with the bound that its contested pairs allow', () => {
    const one = candidate(
      compare([run('single+a#1', { contested: 400 }), run('single+a#2', { contested: 600 })]),
      'single+a',
    );
    expect(one.invertedRate).toEqual({ value: 0, low95: 0, high95: 1 - 0.05 ** (1 / 1000) });
  });

  it('marks those that held order and that no other one beats in every respect', () => {
    const comparison = compare([
      run('single+broken#1', { speed: 900, p99: 1, held: 1, outcome: 'violated', regressions: 1 }),
      run('single+fast#1', { speed: 100, p99: 10, held: 9 }),
      run('single+lean#1', { speed: 50, p99: 10, held: 2 }),
      run('single+beaten#1', { speed: 50, p99: 11, held: 2 }),
      run('single+unsure#1', { speed: 500, p99: 1, held: 1, outcome: 'inconclusive' }),
    ]);
    const optimal = comparison.candidates.filter(({ isParetoOptimal }) => isParetoOptimal).map(({ name }) => name);
    expect(optimal).toEqual(['single+fast', 'single+lean']);
  });

  it('is by the row that was asked for', () => {
    const rows = [run('single+a#1'), run('single+b#1', { speed: 50 })];
    expect(candidate(compare(rows, 'single+b'), 'single+a').relativeSpeed!.ratio).toBe(2);
  });

  it('is of nothing where nothing was run', () => {
    expect(compareRows({ rows: [], scenario, baseline: null, isCutShort: false, claimsOf: () => claims })).toBeNull();
  });
});

describe('the recommendation', () => {
  const repeated = (id: string, speeds: readonly number[], figures: Figures = {}): RunRow[] =>
    speeds.map((speed, at) => ({ ...run(`${id}#${at + 1}`, { speed, ...figures }), repeat: at + 1 }));

  it('is the fastest that held order in every run, never one that broke it once', () => {
    const { recommendation } = compare([
      ...repeated('single+broken', [900, 900, 900]).map((one, at) =>
        at === 2 ? { ...one, outcome: 'violated' as const } : one,
      ),
      ...repeated('single+slow', [50, 51, 49]),
      ...repeated('single+fast', [100, 101, 99]),
    ]);
    expect(recommendation.candidate).toBe('single+fast');
    expect(recommendation.text).toContain(
      'the fastest of 2 that held order, in 3 of 3 runs (0 of 3,000 contested pairs',
    );
    expect(recommendation.text).toContain('at most 0.1 % with 95 % confidence');
    expect(recommendation.text).toContain('and not that it survives redelivery');
    expect(recommendation.text).not.toContain('a crash');
  });

  it('is the one with the lowest p99 among those that cannot be told apart', () => {
    const { recommendation } = compare([
      ...repeated('single+a', [100, 90, 105], { p99: 30 }),
      ...repeated('single+b', [95, 99, 97], { p99: 7 }),
    ]);
    expect(recommendation.candidate).toBe('single+b');
  });

  it('is never one that promises no order, however it came out', () => {
    const rows = [...repeated('single+lucky', [900, 900]), ...repeated('single+sound', [100, 100])];
    const claimsOf = (strategy: string) =>
      strategy === 'lucky' ? { ...claims, guarantee: { ...claims.guarantee, order: 'none' as const } } : claims;
    const { recommendation } = compareRows({ rows, scenario, baseline: null, isCutShort: false, claimsOf })!;
    expect(recommendation.candidate).toBe('single+sound');
  });

  it('is the one that promises most among those that cannot be told apart', () => {
    const rows = [...repeated('single+a', [100, 99], { p99: 5 }), ...repeated('single+b', [99, 100], { p99: 9 })];
    const claimsOf = (strategy: string) =>
      strategy === 'b'
        ? {
            ...claims,
            guarantee: { ...claims.guarantee, survives: { ...claims.guarantee.survives, redelivery: true } },
          }
        : claims;
    const { recommendation } = compareRows({ rows, scenario, baseline: null, isCutShort: false, claimsOf })!;
    expect(recommendation.candidate).toBe('single+b');
  });

  it('is not one that is a fifth slower, however wide its interval', () => {
    const { recommendation } = compare([
      ...repeated('single+a', [100, 101, 99], { p99: 30 }),
      ...repeated('single+b', [20, 150, 20], { p99: 7 }),
    ]);
    expect(recommendation.candidate).toBe('single+a');
  });

  it('says that it is provisional where rows were left out, and under what all was measured', () => {
    const rows = repeated('single+a', [100, 101]);
    const disturbed = {
      ...scenario,
      disturb: [{ kind: 'crash', forMs: 100, at: 0.5 } as const],
      sweep: [{ field: 'topics', value: '3' }],
    };
    const { recommendation } = compareRows({
      rows,
      scenario: disturbed,
      baseline: null,
      isCutShort: true,
      claimsOf: () => claims,
    })!;
    expect(recommendation.text).toContain('Provisional, since not all rows were run.');
    expect(recommendation.text).toContain('disturbed by crash at 50 % of the events, swept over topics 3');
  });

  it('names what duplicates alone kept from holding', () => {
    const row = run('single+a#1', { outcome: 'violated' });
    const counted = { ...row, counts: counts({ violations: 4, duplicates: { ...row.counts.duplicates, total: 4 } }) };
    expect(compare([counted]).recommendation.text).toContain('single+a was so by duplicates only: --allow duplicate');
  });

  it('measures by the first that was run, and says why another was not', () => {
    const error = { code: 'unsupported', message: 'it cannot', wayOut: 'another' };
    const comparison = compare(
      [run('single+a#1', { outcome: 'inconclusive', speed: null }), run('single+b#1')].map((one, at) =>
        at === 0 ? { ...one, error } : one,
      ),
    );
    expect(comparison.baseline).toBe('single+b');
    expect(candidate(comparison, 'single+a').notRun).toBe('it cannot');
  });

  it('is none, with the reason, where none held', () => {
    const { recommendation } = compare([
      run('single+a#1', { outcome: 'violated', regressions: 3 }),
      run('single+b#1', { outcome: 'inconclusive' }),
    ]);
    expect(recommendation).toEqual({
      candidate: null,
      text: 'None to recommend: 1 candidate was violated and 1 candidate could not be told.',
    });
  });
});
