import { describe, expect, it } from 'vitest';
import { mostRunsLosingOrder } from '../../src/domain/scenario/run-bound.js';
import { compareRows } from '../../src/comparison/compare.js';
import type { Compared } from '../../src/domain/report/advice.js';
import type { RunRow } from '../../src/domain/report/run-report.js';
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

function compare(rows: readonly RunRow[], baseline: string | null = null): Compared {
  return compareRows({ rows, scenario, baseline, isCutShort: false, claimsOf: () => claims })!;
}

const candidate = (comparison: Compared, name: string): Compared['candidates'][number] =>
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
      atMost: null,
      contestedPairs: 3000,
      atRiskPairs: 3000,
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

  it('bounds a zero by its runs, whatever number of pairs they had', () => {
    const runsOf = (count: number, contested: number): RunRow[] =>
      Array.from({ length: count }, (_, at) => run(`single+a#${at + 1}`, { contested }));
    for (const contested of [40, 4000]) {
      const one = candidate(compare(runsOf(5, contested)), 'single+a');
      expect(one.atMost).toBeCloseTo(0.45, 2);
      expect(one.invertedRate).toEqual({ value: 0, low95: null, high95: null });
    }
    expect(candidate(compare(runsOf(59, 40)), 'single+a').atMost).toBeCloseTo(0.05, 2);
  });

  it('has no bound of a single run, and counts no inconclusive one towards it', () => {
    expect(candidate(compare([run('single+a#1')]), 'single+a').atMost).toBeNull();
    const unsure = run('single+a#3', { outcome: 'inconclusive' });
    const one = candidate(compare([run('single+a#1'), run('single+a#2'), unsure]), 'single+a');
    expect(one).toMatchObject({
      outcome: 'inconclusive',
      runs: 3,
      runsOrdered: 2,
      atMost: mostRunsLosingOrder(2),
    });
  });

  it('says nothing of the memory of the process, which all candidates share', () => {
    expect(candidate(compare([run('single+a#1')]), 'single+a').peakRssBytes).toBeNull();
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
});
