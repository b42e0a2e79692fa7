/** Repeats of candidates, built by hand, for tests of comparisons and recommendations. */
import { compareRows, type ProbeInput } from '../../src/comparison/compare.js';
import type { Claims } from '../../src/comparison/candidate.js';
import type { Comparison } from '../../src/domain/report/comparison.js';
import type { Guarantee } from '../../src/domain/scenario/guarantee.js';
import { withAdvice } from '../../src/report/words/advice/advice-text.js';
import type { RunRow } from '../../src/domain/report/run-report.js';
import type { Scenario } from '../../src/domain/scenario/scenario.js';
import { counts, exposure, row, scenario } from '../report/fixtures.js';

export interface Figures {
  readonly p50?: number;
  readonly p99?: number;
  readonly outcome?: RunRow['outcome'];
  readonly regressions?: number;
  readonly origin?: 'store' | 'deliver' | 'start';
  readonly broker?: string;
}

/** A run for each speed. `id` is `mode+strategy`. */
export function repeated(
  id: string,
  speeds: readonly number[],
  {
    p50 = 5,
    p99 = 10,
    outcome = 'ordered',
    regressions = 0,
    origin = 'deliver',
    broker = 'sim:jetstream',
  }: Figures = {},
): RunRow[] {
  return speeds.map((speed, at) => {
    const plain = row(`${id}#${at + 1}`);
    const { latencyMs, origins } = plain;
    const durable = id.startsWith('multi/shared') ? 'shared' : id.startsWith('multi/per-topic') ? 'per-topic' : null;
    return {
      ...plain,
      mode: durable === null ? 'single' : 'multi',
      durable,
      broker: { ...plain.broker, kind: broker },
      strategy: id.replace(/^.*\+/, ''),
      repeat: at + 1,
      outcome,
      counts: counts({ regressions, violations: regressions }),
      origins: { ...origins, [origin]: regressions },
      exposure: exposure(regressions, 1000),
      throughput: { publishedPerSecond: speed, handledPerSecond: speed },
      latencyMs: { ...latencyMs, endToEnd: { ...latencyMs.endToEnd, p50, p99 } },
      concurrency: { handlersMean: 2, handlersMax: 3, heldMax: 5 },
    };
  });
}

export const survivesNothing: Guarantee['survives'] = {
  redelivery: false,
  crash: false,
  resize: false,
  rebalance: false,
  partitions: false,
};

const firstPass: Claims = {
  guarantee: { order: 'per-aggregate, first pass', survives: survivesNothing },
  costs: 'a lot',
  repairsInput: false,
};

/** Claims of a strategy; what is not said is as of one that keeps the first pass and survives nothing. */
export function claiming(
  survives: Partial<Guarantee['survives']>,
  {
    order = 'per-aggregate, first pass',
    repairsInput = false,
  }: { order?: Guarantee['order']; repairsInput?: boolean } = {},
): Claims {
  return { ...firstPass, guarantee: { order, survives: { ...survivesNothing, ...survives } }, repairsInput };
}

export const gate = claiming({ redelivery: true, resize: true }, { order: 'per-aggregate', repairsInput: true });
export const retry = claiming({ redelivery: true, resize: true }, { order: 'per-aggregate' });

/** @param claims by strategy; those that are not named keep the first pass and survive nothing */
export function comparisonOf(
  rows: readonly RunRow[],
  claims: Readonly<Record<string, Claims>> = {},
  overrides: Partial<Scenario> = {},
  isCutShort = false,
  probe: ProbeInput | null = null,
): Comparison {
  const compared = compareRows({
    rows,
    scenario: { ...scenario, ...overrides },
    baseline: null,
    isCutShort,
    claimsOf: (strategy) => claims[strategy] ?? firstPass,
    survivorsOf: (threat) => (threat === 'crash' ? ['one-at-a-time'] : []),
    probe,
  })!;
  return withAdvice(compared);
}

export function partOf({ recommendation }: Comparison, kind: string): string {
  return recommendation.parts.find((part) => part.kind === kind)?.text ?? '';
}
