/**
 * The reports whose rendering is kept in test/golden/*.txt: one for each thing that a reader of the screen may meet.
 */
import { noneExplained } from '../../src/domain/report/anomaly-signature.js';
import type { GateSummary } from '../../src/domain/report/gate.js';
import { plainReason } from '../../src/domain/report/reason.js';
import type { RunReport, RunRow } from '../../src/domain/report/run-report.js';
import { sweepSeries } from '../../src/comparison/sweep-series.js';
import { withComparison } from '../../src/run/compare-report.js';
import { anomaly, counts, drainIncomplete, duplicates, exposure, finding, report, row, scenario, sharedSource, threeModes, tooFewAtRisk, violatedRow } from '../report/fixtures.js';
import { fetchedByAnother } from '../report/witness-fixtures.js';
import { inModes } from '../in-modes.js';

export interface GoldenCase {
  readonly name: string;
  readonly report: RunReport;
  readonly reportPath?: string | null;
  readonly gate?: GateSummary;
  readonly ascii?: boolean;
}

const sharedDurable: RunRow['causes'][number] = {
  id: 'shared-durable',
  explains: { ...noneExplained(), regressions: 428 },
  latent: false,
  confidence: 'certain',
  evidence: [{ claim: 'misroutes', count: 4013, of: 5000, detail: null }, { claim: 'not-lost-at-start', count: null, of: null, detail: null }],
  refutes: ['many-writers', 'unkeyed-pool'],
  remedy: { kind: 'durable-per-topic', detail: null },
  witnesses: [fetchedByAnother],
};

function certain(id: string, kind: RunRow['causes'][number]['remedy']['kind'], regressions: number): RunRow['causes'][number] {
  return { ...sharedDurable, id, explains: { ...noneExplained(), regressions }, evidence: [], refutes: [], remedy: { kind, detail: null } };
}

const nats = {
  broker: { kind: 'nats', version: '2.15.2', url: 'nats://127.0.0.1:4222' },
  client: { name: 'nats', version: '2.29.3' },
  clock: 'wall',
} as const;

const kafka = {
  broker: { kind: 'kafka', version: '4.4', url: '127.0.0.1:9092' },
  client: { name: 'kafkajs', version: '2.2.4' },
  clock: 'wall',
} as const;

const group = 'eventbus-bench.mhxy-0fe1c2-host-1_0.all';

const nothingKnown: Partial<RunRow> = {
  counts: counts({ published: 0, acked: 0, delivered: 0, handled: 0 }),
  exposure: exposure(0, 0, { pairs: 0 }),
  throughput: { publishedPerSecond: null, handledPerSecond: null },
  latencyMs: row('single#1').latencyMs,
  aggregatesTotal: 0,
};

const unmeasured = { p50: null, p90: null, p99: null, p999: null, max: null };

/** Two repeats of the incident's bus and of two fixes, one of which cannot help it. */
function compared(): RunReport {
  const rows = [1, 2].flatMap((repeat) => [
    violatedRow(`multi/shared+keyed-pool#${repeat}`, { repeat, causes: [sharedDurable], concurrency: { handlersMean: 34.2, handlersMax: 60, heldMax: 512 } }),
    row(`single+keyed-pool#${repeat}`, { repeat, throughput: { publishedPerSecond: 5100, handledPerSecond: 5100 + 40 * repeat }, concurrency: { handlersMean: 33, handlersMax: 55, heldMax: 341 } }),
    violatedRow(`multi/shared+aggregate-queue#${repeat}`, { repeat, strategy: 'aggregate-queue', causes: [sharedDurable] }),
  ]);
  const one = report(rows, { replay: 'eventbus-bench compare --seed 42' });
  return withComparison({ ...one, scenario: { ...one.scenario!, strategies: ['keyed-pool', 'aggregate-queue'], repeat: 2 } });
}

/** A row that holds, and one that holds at one topic only. */
function swept(): RunReport {
  const points = ['1', '2', '10'].map((value) => ({ field: 'topics', value }));
  const rows = points.flatMap((point) => [
    point.value === '1'
      ? row('multi/shared@topics=1#1', { point })
      : violatedRow(`multi/shared@topics=${point.value}#1`, { point, causes: [sharedDurable] }),
    row(`single@topics=${point.value}#1`, { point, concurrency: { handlersMean: 33, handlersMax: 55, heldMax: 341 } }),
  ]);
  const one = report(rows, { sweeps: sweepSeries(rows), replay: 'eventbus-bench run --sweep topics=1,2,10 --mode multi/shared,single --seed 42' });
  return { ...one, scenario: { ...one.scenario!, sweep: points, ...inModes(['multi/shared', 'single']) } };
}

/** Eight seeds of a row that loses order, of one that keeps it, and of one that twice could not tell. */
function manySeeds(): RunReport {
  const unclear = { outcome: 'inconclusive', reasons: [tooFewAtRisk(0, 0, 90)], exposure: exposure(0, 0) } as const;
  return report([1, 2, 3, 4, 5, 6, 7, 8].flatMap((repeat) => [
    violatedRow(`multi/shared#${repeat}`, { repeat, counts: counts({ violations: 300 + (repeat % 5), regressions: 300 + (repeat % 5), misroutes: 4013 }) }),
    row(`multi/per-topic#${repeat}`, { repeat }),
    row(`single#${repeat}`, { repeat, ...(repeat % 4 === 0 ? unclear : {}) }),
  ]), { replay: 'eventbus-bench run --seeds 8 --seed 42' });
}

export const goldenCases: readonly GoldenCase[] = [
  { name: 'three-modes', report: threeModes() },
  { name: 'compared', report: compared() },
  { name: 'swept', report: swept() },
  { name: 'three-modes-ascii', report: threeModes(), ascii: true },
  {
    name: 'diagnosed-on-a-server',
    report: report([
      violatedRow('multi/shared#1', { ...nats, causes: [sharedDurable] }),
      row('multi/per-topic#1', nats),
      row('single#1', nats),
    ], { scenario: { ...scenario, brokers: ['nats'], aggregates: 200 }, replay: 'eventbus-bench run --broker nats --topics 5 --aggregates 200 --max-violations 0 --seed 42' }),
    gate: { outcome: 'breached', findings: [{ kind: 'breach', rowId: 'multi/shared#1', text: 'multi/shared#1: 428 violations, at most 0 are allowed' }] },
  },
  {
    name: 'inconclusive',
    report: report([
      row('multi/shared#1', {
        outcome: 'inconclusive',
        reasons: [sharedSource(3217, 4100)],
        counts: counts({ misroutes: 4013 }),
        exposure: exposure(0, 4812, { splitPairs: 3217 }),
        causes: [{ ...sharedDurable, latent: true, explains: noneExplained(), witnesses: [] }],
      }),
      row('multi/per-topic#1', { outcome: 'inconclusive', reasons: [tooFewAtRisk(0, 0)], exposure: exposure(0, 0) }),
      row('single#1', {
        outcome: 'inconclusive',
        reasons: [drainIncomplete(12, 'time-out after 30 s')],
        counts: counts({ handled: 4988, delivered: 4988, unseen: 12 }),
        exposure: exposure(0, 14),
      }),
    ]),
    gate: { outcome: 'inconclusive', findings: [{ kind: 'inconclusive', rowId: null, text: 'no row could be judged' }] },
  },
  {
    name: 'errors',
    report: report([
      row('multi/shared#1', { ...nats, counts: counts({ published: 3120, acked: 3100, delivered: 2200, handled: 2100 }), outcome: 'inconclusive', reasons: [plainReason('broker-lost')], error: { code: 'broker-unavailable', message: 'the server closed the connection', wayOut: 'start it again and repeat the run' } }),
      row('multi/per-topic#1', { ...nats, ...nothingKnown, latencyMs: { publish: unmeasured, queue: unmeasured, handle: unmeasured, endToEnd: unmeasured }, outcome: 'inconclusive', reasons: [plainReason('broker-lost')], error: { code: 'broker-unavailable', message: 'no server answers at nats://127.0.0.1:4222.', wayOut: 'Start one, or name another with --nats-url.' } }),
    ], { scenario: null, seed: null }),
    reportPath: null,
  },
  {
    name: 'wide-numbers-and-long-names',
    report: report([
      violatedRow('nats:multi/per-topic+aggregate-queue#1', {
        counts: counts({
          published: 12_345_678, acked: 12_345_678, delivered: 23_456_789, handled: 12_345_678,
          violations: 3_458_040, regressions: 1_234_567, duplicates: duplicates(2_222_222), lost: 1_234, overlaps: 17, misroutes: 18_765_432,
        }),
        exposure: exposure(1_100_000, 11_222_333, { splitPairs: 9_000_000 }),
        origins: { publish: 0, store: 0, deliver: 0, submit: 0, start: 1_234_567, finish: 0, unknown: 0 },
        throughput: { publishedPerSecond: 1_234_567, handledPerSecond: 1_234_567.8 },
        latencyMs: { ...row('single#1').latencyMs, endToEnd: { p50: 123_456.7, p90: null, p99: 12_345_678, p999: null, max: null } },
        aggregates: [
          finding('a-customer-of-the-northern-region-with-a-very-long-name-0000037', { topic: 'orders.of.the.northern.region', regressions: 4711, duplicates: 12, lost: 3 }),
          finding('注文-７', { topic: '注文', regressions: 0, duplicates: 4, lost: 1, examples: [] }),
          finding('\u001b[31mred\u001b[0m', { topic: 'line\nbreak' }),
        ],
      }),
    ], { replay: "eventbus-bench run scenarios/a-scenario-with-a-long-name.yaml --topics 50 --aggregates 10000 --versions 1000 --fail-on 'counts.regressions > 0' --seed 1234567890" }),
  },
  {
    name: 'repeats',
    report: report([1, 2, 3].flatMap((repeat) => [
      repeat === 2
        ? row(`multi/shared#${repeat}`, { outcome: 'inconclusive', reasons: [sharedSource(12, 15)], counts: counts({ misroutes: 3980 }), exposure: exposure(0, 412, { splitPairs: 12, inFlightPairs: 15 }) })
        : violatedRow(`multi/shared#${repeat}`, { counts: counts({ violations: 300 + repeat, regressions: 300 + repeat, misroutes: 4013 }), origins: { publish: 0, store: 0, deliver: 300 + repeat, submit: 0, start: 0, finish: 0, unknown: 0 } }),
      row(`multi/per-topic#${repeat}`),
      row(`single#${repeat}`),
    ])),
  },
  {
    name: 'duplicates-and-losses',
    report: report([
      row('multi/per-topic#1', {
        outcome: 'violated',
        counts: counts({ violations: 3, duplicates: duplicates(2000), lost: 3, delivered: 7000 }),
        reasons: [anomaly('loss', 3)],
        aggregatesWithAnomalies: 2,
        aggregates: [finding('agg-7', { regressions: 0, duplicates: 40, lost: 3, examples: [] }), finding('agg-8', { regressions: 0, duplicates: 40, gaps: 0, examples: [] })],
      }),
      row('single#1', { counts: counts({ duplicates: duplicates(1), delivered: 5001 }), exposure: exposure(0, 120) }),
    ], { scenario: { ...scenario, ...inModes(['multi/per-topic', 'single']), allow: ['duplicate'] } }),
    gate: { outcome: 'held', findings: [] },
  },
  {
    name: 'disturbed-on-kafka',
    report: report([
      row('nats:single#1', nats),
      row('kafka:single#1', {
        ...kafka,
        outcome: 'violated',
        reasons: [anomaly('duplicate', 40), anomaly('split-key', 12), anomaly('overlap', 7)],
        counts: counts({ violations: 59, duplicates: duplicates(40), splitKeys: 12, overlaps: 7, delivered: 5040 }),
        causes: [{
          id: 'rebalance-replay',
          explains: { ...noneExplained(), duplicates: 40 },
          latent: false,
          confidence: 'likely',
          evidence: [{ claim: 'came-again-rebalance', count: 40, of: 59, detail: null }],
          refutes: ['publish-retry-duplicate'],
          remedy: { kind: 'commit-more-often', detail: null },
          witnesses: [],
        }],
        rebalances: [
          { group, epoch: 1, atMs: 3, members: { 'sub-all-1': 'topic-0:0,1', 'sub-all-2': '' } },
          { group, epoch: 2, atMs: 812.4, members: { 'sub-all-1': 'topic-0:0', 'sub-all-2': '', 'sub-joins-1': 'topic-0:1' } },
        ],
        disturbances: [{ atMs: 501.26, what: 'join' }, { atMs: 700, what: 'partitions:6' }],
        aggregatesWithAnomalies: 1,
        aggregates: [finding('agg-7', { regressions: 0, duplicates: 4, gaps: 0, overlaps: 1, splitKeys: 1, examples: [] })],
      }),
    ], { scenario: { ...scenario, brokers: ['nats', 'kafka'], ...inModes(['single']) } }),
  },
  {
    name: 'several-certain-causes',
    report: report([
      violatedRow('single#1', {
        counts: counts({ violations: 100, regressions: 100 }),
        origins: { publish: 0, store: 0, deliver: 100, submit: 0, start: 0, finish: 0, unknown: 0 },
        causes: [certain('competing-pullers', 'one-puller', 60), certain('nak-behind-batch', 'retry-in-place', 30), certain('give-back', 'retry-in-place', 10)],
      }),
    ], { scenario: { ...scenario, ...inModes(['single']) } }),
  },
  { name: 'interrupted', report: report(threeModes().runs.slice(0, 1), { scenario: threeModes().scenario }) },
  { name: 'many-seeds', report: manySeeds() },
  { name: 'no-rows', report: report([]), reportPath: null },
];
