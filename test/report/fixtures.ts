/**
 * Reports built by hand, for tests of what reports look like. The numbers are plausible, none was measured.
 */
import { noneExplained } from '../../src/domain/report/anomaly-signature.js';
import { anomalyReasons, type Reason } from '../../src/domain/report/reason.js';
import { runGroups } from '../../src/report/repeats/repeat-groups.js';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import { modeRows, type AnomalyKind, type Scenario } from '../../src/domain/scenario/scenario.js';
import type {
  AggregateFinding,
  Counts,
  Exposure,
  PairMember,
  RegressionExample,
} from '../../src/domain/report/verdict.js';
import { usualScenario } from '../usual-scenario.js';
import { inModes } from '../in-modes.js';

export const scenario: Scenario = {
  ...usualScenario,
  kafka: { ...usualScenario.kafka, produceBatchBytes: 16_384 },
  queueSize: 10_000,
  laneSize: 16,
  drainTimeoutMs: 30_000,
  expect: { 'multi/shared': { outcome: ['violated'], that: ['regressions>0'] } },
};

export const anomaly = (of: AnomalyKind, count: number): Reason => ({
  kind: 'anomaly',
  of,
  numbers: { count },
  detail: null,
});

export const tooFewAtRisk = (atRiskPairs: number, contestedPairs: number, pairs = 4950): Reason => ({
  kind: 'too-few-at-risk',
  of: null,
  numbers: { atRiskPairs, wanted: 30, contestedPairs, pairs },
  detail: null,
});

export const drainIncomplete = (unseen: number, detail: string | null = null): Reason => ({
  kind: 'drain-incomplete',
  of: null,
  numbers: { unseen },
  detail,
});

export const sharedSource = (splitPairs: number, inFlightPairs: number, sharedAggregates = 0): Reason => ({
  kind: 'latent',
  of: 'shared-source',
  numbers: { inFlightPairs, splitPairs, sharedAggregates },
  detail: null,
});

export function exposure(inverted: number, contested: number, overrides: Partial<Exposure> = {}): Exposure {
  return {
    pairs: 4950,
    contestedPairs: contested,
    inFlightPairs: Math.min(contested, 4100),
    heldBackPairs: 0,
    atRiskPairs: Math.min(contested, 4100),
    splitPairs: 0,
    invertedPairs: inverted,
    regressionRate: { value: contested === 0 ? null : inverted / contested, low95: null, high95: null },
    ...overrides,
  };
}

export function counts(overrides: Partial<Counts> = {}): Counts {
  return {
    published: 5000,
    acked: 5000,
    delivered: 5000,
    handled: 5000,
    retries: 0,
    violations: 0,
    regressions: 0,
    descents: 0,
    naive: 0,
    completionOrder: 0,
    racy: 0,
    crossTopic: 0,
    duplicates: duplicates(0),
    gaps: 0,
    openGaps: 0,
    lost: 0,
    unseen: 0,
    phantoms: 0,
    recovered: 0,
    storeInversions: 0,
    splitKeys: 0,
    misroutes: 0,
    overlaps: 0,
    completionInversions: 0,
    ...overrides,
  };
}

export function duplicates(redelivered: number): Counts['duplicates'] {
  return { total: redelivered, redone: 0, redelivered, storedTwice: 0, unflagged: 0, concurrent: 0 };
}

export function member(version: number, overrides: Partial<PairMember> = {}): PairMember {
  return {
    version,
    topic: 'topic-2',
    publisher: 0,
    publishStamp: 100 + version,
    partition: 0,
    position: 90 + version,
    deliveryCount: 1,
    subscription: 'sub-topic-2',
    owned: true,
    deliverStamp: 300 - version,
    submitStamp: 320 - version,
    lane: 17,
    startStamp: 340 - version,
    ...overrides,
  };
}

export function example(
  version: number,
  afterVersion: number,
  origin: RegressionExample['origin'],
  late: Partial<PairMember> = {},
  early: Partial<PairMember> = {},
): RegressionExample {
  const lateMember = member(version, late);
  return {
    version,
    afterVersion,
    receivedSequence: lateMember.position,
    origin,
    witness: { late: lateMember, early: member(afterVersion, early), extent: 1 },
  };
}

export function finding(aggregateId: string, overrides: Partial<AggregateFinding> = {}): AggregateFinding {
  return {
    aggregateId,
    topic: 'topic-2',
    published: 100,
    handled: 100,
    regressions: 1,
    duplicates: 0,
    gaps: 1,
    lost: 0,
    overlaps: 0,
    completionInversions: 0,
    storeInversions: 0,
    splitKeys: 0,
    phantoms: 0,
    examples: [example(2, 3, 'deliver', { subscription: 'sub-topic-4', owned: false, position: 93 })],
    ...overrides,
  };
}

const noQuantiles = { p50: null, p90: null, p99: null, p999: null, max: null };

export function row(id: string, overrides: Partial<RunRow> = {}): RunRow {
  const [, mode, durable, , repeat] = /^(?:.*:)?(multi|single)(?:\/([a-z-]+))?(\+.*)?#(\d+)$/.exec(id) ?? [];
  return {
    id,
    broker: { kind: 'sim:jetstream', version: null, url: null },
    rebalances: [],
    disturbances: [],
    point: null,
    concurrency: { handlersMean: null, handlersMax: null, heldMax: null },
    client: { name: 'sim', version: '0.1.0' },
    mode: mode === 'single' ? 'single' : 'multi',
    durable: durable === 'shared' || durable === 'per-topic' ? durable : null,
    strategy: 'keyed-pool',
    repeat: Number(repeat ?? 1),
    clock: 'virtual',
    outcome: 'ordered',
    reasons: [],
    orderJudgedAt: 'start',
    counts: counts(),
    exposure: exposure(0, 4812),
    reordering: { extentP50: null, extentMax: null, resequencerDepth: null },
    origins: { publish: 0, store: 0, deliver: 0, submit: 0, start: 0, finish: 0, unknown: 0 },
    causes: [],
    unexplained: noneExplained(),
    bufferDepthMax: null,
    throughput: { publishedPerSecond: 5100.4, handledPerSecond: 5020.2 },
    latencyMs: {
      publish: noQuantiles,
      queue: noQuantiles,
      handle: noQuantiles,
      endToEnd: { p50: 11.94, p90: 30.1, p99: 40.21, p999: 60, max: 71.5 },
    },
    latencyHistograms: { publish: null, queue: null, handle: null, endToEnd: null },
    aggregates: [],
    aggregatesTotal: 50,
    aggregatesWithAnomalies: 0,
    ...{ series: null, fetchMatrix: null, timelines: null },
    durationMs: 996.4,
    wallDurationMs: 140,
    peakRssBytes: 120_000_000,
    error: null,
    ...overrides,
  };
}

export function violatedRow(id = 'multi/shared#1', overrides: Partial<RunRow> = {}): RunRow {
  return row(id, {
    outcome: 'violated',
    // All that it has decides.
    reasons: anomalyReasons(overrides.counts ?? counts({ regressions: 428 }), []),
    counts: counts({ violations: 428, regressions: 428, descents: 431, naive: 428, gaps: 440, misroutes: 4013 }),
    exposure: exposure(398, 4812, { splitPairs: 3217 }),
    reordering: { extentP50: 1, extentMax: 7, resequencerDepth: 7 },
    origins: { publish: 0, store: 0, deliver: 420, submit: 8, start: 0, finish: 0, unknown: 0 },
    unexplained: {
      ...noneExplained(),
      regressions: (overrides.causes ?? []).length > 0 ? 0 : (overrides.counts?.regressions ?? 428),
    },
    throughput: { publishedPerSecond: 5005, handledPerSecond: 4950.1 },
    latencyMs: {
      publish: noQuantiles,
      queue: noQuantiles,
      handle: noQuantiles,
      endToEnd: { p50: 12.31, p90: 41, p99: 98.1, p999: 120, max: 133 },
    },
    aggregatesWithAnomalies: 36,
    aggregates: [
      finding('agg-37', { regressions: 19, gaps: 20 }),
      finding('agg-7', {
        topic: 'topic-3',
        regressions: 17,
        examples: [
          example(
            4,
            5,
            'deliver',
            { subscription: 'sub-topic-2', position: 188 },
            { subscription: 'sub-topic-0', owned: false },
          ),
        ],
      }),
      finding('agg-12', {
        topic: 'topic-3',
        regressions: 15,
        examples: [
          example(
            31,
            33,
            'submit',
            { subscription: 'sub-topic-1', position: 1507, owned: false },
            { subscription: 'sub-topic-3', owned: false },
          ),
        ],
      }),
      finding('agg-44', { topic: 'topic-5', regressions: 15, duplicates: 3 }),
      finding('agg-21', { topic: 'topic-2' }),
      finding('agg-2', { topic: 'topic-3' }),
    ],
    ...overrides,
  });
}

/** The modes and repeats that make these rows; those of the scenario where there are none. */
function plannedFor(runs: readonly RunRow[]): Partial<Scenario> {
  const modes = modeRows.filter((mode) => runs.some(({ id }) => id.includes(mode)));
  return modes.length === 0 ? {} : { ...inModes(modes), repeat: Math.max(...runs.map(({ repeat }) => repeat)) };
}

export function report(runs: readonly RunRow[], overrides: Partial<RunReport> = {}): RunReport {
  return {
    schemaVersion: '2.0',
    comparison: null,
    sweeps: [],
    groups: runGroups(runs),
    tool: { name: 'eventbus-bench', version: '0.1.0', gitCommit: null },
    command: ['run', '--topics', '5'],
    replay: 'eventbus-bench run --topics 5 --seed 42',
    startedAt: '2026-11-22T15:04:05.000Z',
    seed: 42,
    environment: { node: 'v20.19.0', os: 'linux x64', cpu: 'a processor', cores: 2 },
    scenario: { ...scenario, ...plannedFor(runs) },
    runs,
    ...overrides,
  };
}

/** What `run --topics 5` shows: the original bus violated, the two others ordered. */
export function threeModes(): RunReport {
  return report([
    violatedRow(),
    row('multi/per-topic#1', { exposure: exposure(0, 4790) }),
    row('single#1', {
      exposure: exposure(0, 4801),
      throughput: { publishedPerSecond: 3120, handledPerSecond: 3099.7 },
      latencyMs: {
        publish: noQuantiles,
        queue: noQuantiles,
        handle: noQuantiles,
        endToEnd: { p50: 15.02, p90: 60, p99: 77.68, p999: 80, max: 91 },
      },
    }),
  ]);
}
