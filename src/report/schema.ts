/**
 * What shape has a stored report? One zod schema of the JSON contract, from which `docs/report.schema.json` is
 * generated and against which stored reports are read.
 *
 * The domain type is the contract; {@link SchemaIsTheContract} fails to compile as soon as the two differ. Reading
 * tolerates fields that a later minor version added; every field of this version has to be there.
 */
import { z } from 'zod';
import { stages } from '../domain/observation.js';
import { handlerTimeBys } from '../domain/handler-time.js';
import type { RunReport } from '../domain/run-report.js';
import { kafkaAcks, kafkaClients, kafkaCommits, kafkaConsumes, kafkaKeys, kafkaPartitioners } from '../domain/kafka.js';
import {
  ackPolicies,
  anomalyKinds,
  brokerKinds,
  handlerFailures,
  modeRows,
  outcomes,
  gapPolicies,
  overflowPolicies,
} from '../domain/scenario.js';

const count = z.int().nonnegative();
const amount = z.number().nonnegative();
const share = z.number().min(0).max(1);
const name = z.string();

const rowExpectation = z.object({
  outcome: z.exactOptional(z.array(z.enum(outcomes))),
  that: z.exactOptional(z.array(z.string())),
});

const kafka = z
  .object({
    client: z.enum(kafkaClients),
    partitions: count.describe('Per topic.'),
    members: count,
    key: z.enum(kafkaKeys),
    partitioners: z.array(z.enum(kafkaPartitioners)),
    acks: z.enum(kafkaAcks),
    idempotent: z.boolean(),
    retries: count,
    requestsInFlight: count.nullable(),
    lingerMs: amount,
    produceBatchBytes: count,
    consume: z.enum(kafkaConsumes),
    partitionsConcurrently: count,
    commit: z.enum(kafkaCommits),
    commitIntervalMs: amount.nullable(),
    commitThreshold: count.nullable(),
    sessionTimeoutMs: amount,
    heartbeatIntervalMs: amount,
  })
  .meta({ id: 'kafka', description: 'Settings of the brokers that speak Kafka; without effect on others.' });

const at = share.describe('Share of the events published at which it comes.');

const disturbance = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('join'), at }),
    z.object({ kind: z.literal('leave'), at }),
    z.object({ kind: z.literal('stall'), forMs: amount, at }),
    z.object({ kind: z.literal('pause'), forMs: amount, at }),
    z.object({ kind: z.literal('partitions'), count, at }),
    z.object({ kind: z.literal('restart'), downMs: amount, at }),
    z.object({ kind: z.literal('workers'), count, at }),
    z.object({ kind: z.literal('crash'), forMs: amount, at }),
    z.object({ kind: z.literal('refuse'), forMs: amount, at }),
  ])
  .meta({ id: 'disturbance' });

const bounds = { minMs: amount, maxMs: amount.describe('What is drawn beyond it is cut to it.') };

const handlerTime = z
  .discriminatedUnion('distribution', [
    z.object({ distribution: z.literal('uniform'), ...bounds }),
    z.object({ distribution: z.literal('exponential'), ...bounds, meanMs: amount }),
    z.object({ distribution: z.literal('lognormal'), ...bounds, medianMs: amount, sigma: amount }),
    z.object({ distribution: z.literal('pareto'), ...bounds, shape: amount }),
  ])
  .meta({ id: 'handlerTime', description: 'What the time of a handling is drawn from.' });

const scenario = z
  .object({
    name,
    brokers: z.array(z.enum(brokerKinds)).describe('Every row is run on each of them.'),
    modes: z.array(z.enum(modeRows)),
    strategies: z.array(name),
    rows: z
      .array(z.object({ mode: z.enum(modeRows), strategy: name }))
      .describe('What there is a row of, on every broker and for every repeat.'),
    seed: z.int(),
    repeat: count.describe('Times that every row is run; the least, with untilContested.'),
    warmUp: count.describe('Rounds that were run before the first repeat and are not in the report.'),
    untilContested: count.nullable().describe('Contested pairs that every row is to see over its repeats.'),
    topics: count,
    aggregates: count,
    versions: count.describe('Versions per aggregate; on average, where keys are skewed.'),
    skew: amount.describe('Zipf exponent of the events by aggregate; 0: even.'),
    publish: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('serial') }),
        z.object({ kind: z.literal('async'), window: count }),
        z.object({ kind: z.literal('handled') }),
      ])
      .describe(
        "When an aggregate's next version is sent: when the last one was acknowledged, with a window outstanding, or when it was handled.",
      ),
    ratePerSecond: amount.nullable().describe('Events per second over all publishers; null: as fast as they go.'),
    publishersPerAggregate: count,
    topicChoice: z.enum(['home', 'spread']),
    orderScope: z.enum(['topic', 'aggregate']),
    batch: count,
    maxWaitMs: amount,
    ackWaitMs: amount,
    maxAckPending: z.int(),
    maxDeliver: count.nullable().describe('Deliveries of one message before the broker gives up; null: unlimited.'),
    backoffMs: z.array(amount),
    ack: z.enum(ackPolicies),
    kafka,
    disturb: z.array(disturbance).describe('What is done to the run while it goes on.'),
    workers: count,
    queueSize: count,
    laneSize: count,
    overflow: z.enum(overflowPolicies),
    gapPolicy: z.enum(gapPolicies),
    gapTimeoutMs: amount,
    handlerTime,
    handlerTimeBy: z
      .enum(handlerTimeBys)
      .describe('Whether it is drawn anew for every event, or once for each aggregate.'),
    handlerFailShare: share,
    handlerFailure: z.enum(handlerFailures),
    handlerTimeoutMs: amount,
    drainTimeoutMs: amount,
    allow: z.array(z.enum(anomalyKinds)),
    gateRows: z.array(name).describe('Rows that the gates speak of, by name; empty: all.'),
    maxViolations: count.nullable(),
    failOn: z.array(z.string()),
    expect: z.record(z.string(), rowExpectation),
  })
  .meta({ id: 'scenario', description: 'Fully resolved: every default is spelled out.' });

const counts = z.object({
  published: count.describe('Publish calls made.'),
  acked: count.describe('Publish calls that the broker acknowledged.'),
  delivered: count.describe('Hand-overs from the broker to a subscription, redeliveries included.'),
  handled: count.describe('Events whose handler has ended without failing.'),
  retries: count.describe('Handler attempts after the first of one delivery.'),
  violations: count.describe('Deciding anomalies that the scenario does not allow.'),
  regressions: count.describe('First observations of a version after a higher one.'),
  descents: count.describe('Observations lower than the one just before.'),
  naive: count.describe('What `version <= highest so far` counts: regressions + duplicates.'),
  crossTopic: count.describe('Pairs of one aggregate in different topics that came in the wrong order.'),
  duplicates: z.object({
    total: count,
    redelivered: count,
    storedTwice: count,
    unflagged: count,
    concurrent: count.describe('Beside the kinds: another attempt of the same event was running.'),
  }),
  gaps: count,
  openGaps: count,
  lost: count.describe('Acknowledged, the drain complete, never observed.'),
  unseen: count.describe('Acknowledged, never observed, the drain not complete.'),
  phantoms: count,
  recovered: count.describe('Published with an error and observed all the same.'),
  storeInversions: count,
  splitKeys: count,
  misroutes: count.describe('Deliveries to a subscription that does not own their topic. Evidence, not an anomaly.'),
  overlaps: count,
  completionInversions: count,
});

const exposure = z.object({
  pairs: count.describe('Consecutive versions of one aggregate in one topic.'),
  contestedPairs: count.describe('Pairs that were outstanding together: only those could have gone wrong.'),
  inFlightPairs: count,
  splitPairs: count.describe('In-flight pairs held by different subscriptions.'),
  invertedPairs: count.describe('Contested pairs whose handlers started in the wrong order.'),
  regressionRate: z
    .object({ value: share.nullable(), low95: share.nullable(), high95: share.nullable() })
    .describe('invertedPairs / contestedPairs with its 95 % interval; null where no pair was contested.'),
});

const explained = z
  .object({
    regressions: count,
    duplicates: count,
    lost: count,
    overlaps: count,
    storeInversions: count,
    splitKeys: count,
  })
  .meta({ id: 'explained' });

const cause = z.object({
  id: name,
  explains: explained,
  latent: z.boolean(),
  confidence: z.enum(['certain', 'likely', 'possible']),
  evidence: z.array(z.string()),
  refutes: z.array(z.string()),
  remedy: z.string(),
});

const quantiles = z
  .object({
    p50: amount.nullable(),
    p90: amount.nullable(),
    p99: amount.nullable(),
    p999: amount.nullable(),
    max: amount.nullable(),
  })
  .meta({ id: 'quantiles' });

const origin = z.enum([...stages, 'unknown']);

const pairMember = z
  .object({
    version: count,
    topic: name,
    publisher: z.int(),
    publishStamp: count,
    partition: z.int(),
    position: count,
    deliveryCount: count.nullable(),
    subscription: name,
    owned: z.boolean(),
    deliverStamp: count,
    submitStamp: count,
    lane: z.int(),
    startStamp: count,
  })
  .meta({
    id: 'pairMember',
    description: 'One event of the pair, as each stage saw it. A stamp or position of 0 was not recorded.',
  });

const example = z.object({
  version: count.describe('The version that came late.'),
  afterVersion: count.describe('The earliest observed higher version.'),
  receivedSequence: count.nullable().describe('Position of the late version in the log.'),
  origin: origin.describe('The first stage at which the pair was in the wrong order.'),
  witness: z.object({ late: pairMember, early: pairMember, extent: count }),
});

const aggregate = z
  .object({
    aggregateId: name,
    topic: name,
    published: count,
    handled: count,
    regressions: count,
    duplicates: count,
    gaps: count,
    lost: count,
    overlaps: count,
    completionInversions: count,
    storeInversions: count,
    splitKeys: count,
    phantoms: count,
    examples: z.array(example),
  })
  .meta({ id: 'aggregate' });

const rebalance = z
  .object({
    group: name,
    epoch: count.describe("The group's generation."),
    atMs: amount,
    members: z.record(z.string(), z.string()).describe('Subscription → what it was given: topic-0:0,2 topic-1:1'),
  })
  .meta({ id: 'rebalance' });

const histogram = z.string().nullable();

/** One row; what a CSV takes its columns from. */
export const rowSchema = z
  .object({
    id: name.describe('[broker:]mode[/durable][+strategy]#repeat'),
    broker: z.object({ kind: name, version: z.string().nullable(), url: z.string().nullable() }),
    client: z.object({ name, version: z.string() }),
    mode: z.enum(['multi', 'single']),
    durable: z.enum(['shared', 'per-topic']).nullable(),
    strategy: name,
    repeat: count,
    clock: z.enum(['virtual', 'wall']).describe('The clock that times and rates are in.'),
    outcome: z.enum(outcomes),
    reasons: z.array(z.string()),
    orderJudgedAt: z.literal('start'),
    counts,
    exposure,
    reordering: z.object({
      extentP50: amount.nullable(),
      extentMax: amount.nullable(),
      resequencerDepth: amount.nullable(),
    }),
    origins: z
      .object({
        publish: count,
        store: count,
        deliver: count,
        submit: count,
        start: count,
        finish: count,
        unknown: count,
      })
      .describe('Regressions by the first stage at which the pair was in the wrong order.'),
    causes: z.array(cause),
    unexplained: explained,
    rebalances: z.array(rebalance).describe('Partitions given out anew, the first 1,000; none on JetStream.'),
    disturbances: z.array(z.object({ atMs: amount, what: z.string() })).describe('What was done to the run.'),
    bufferDepthMax: count
      .nullable()
      .describe('Early events that the strategy held back at once, at most; null: it holds none back.'),
    throughput: z.object({ publishedPerSecond: amount.nullable(), handledPerSecond: amount.nullable() }),
    latencyMs: z.object({ publish: quantiles, queue: quantiles, handle: quantiles, endToEnd: quantiles }),
    concurrency: z
      .object({ handlersMean: amount.nullable(), handlersMax: count.nullable(), heldMax: count.nullable() })
      .describe('Handlers running at once, and deliveries that the bus held at once.'),
    latencyHistograms: z
      .object({ publish: histogram, queue: histogram, handle: histogram, endToEnd: histogram })
      .describe('HdrHistogram V2, compressed, base64, in microseconds; null where nothing was measured.'),
    aggregates: z.array(aggregate).describe('Every aggregate with an anomaly, worst first.'),
    aggregatesTotal: count,
    aggregatesWithAnomalies: count,
    durationMs: amount.describe("In the row's own clock."),
    wallDurationMs: amount,
    peakRssBytes: count.nullable(),
    error: z.object({ code: z.string(), message: z.string(), wayOut: z.string() }).nullable(),
  })
  .meta({ id: 'row' });

const ratio = { low95: amount.nullable(), high95: amount.nullable() };
const mean95 = z.object({ value: amount, low95: z.number().nullable(), high95: amount.nullable() });

const candidate = z
  .object({
    name: name.describe('Id of its rows without their repeat.'),
    broker: name,
    mode: z.enum(modeRows),
    strategy: name,
    guarantee: z.object({
      order: z.enum(['total', 'per-aggregate', 'per-aggregate, first pass', 'per-partition', 'none']),
      survives: z.object({ redelivery: z.boolean(), crash: z.boolean(), resize: z.boolean() }),
    }),
    costs: z.string().describe('What it costs, and when it fails, in words.'),
    repairsInput: z.boolean(),
    outcome: z.enum(outcomes).describe('The worst of its runs.'),
    runs: count,
    runsOrdered: count,
    regressions: count,
    regressionsUpstream: count.describe('Of these, those whose order was lost before the dispatcher.'),
    regressionsPerRun: mean95
      .nullable()
      .describe("Mean with its 95 % interval by Student's t; null if nothing was run."),
    duplicates: count,
    lost: count,
    violations: count,
    contestedPairs: count,
    invertedPairs: count,
    invertedRate: z.object({ value: share.nullable(), low95: share.nullable(), high95: share.nullable() }),
    handledPerSecond: amount.nullable().describe('Median of the runs, as are the next three.'),
    p50Ms: amount.nullable(),
    p99Ms: amount.nullable(),
    handlersMean: amount.nullable(),
    relativeSpeed: z
      .object({ ratio: amount, ...ratio })
      .nullable()
      .describe("Handled/s by the baseline's, repeat by repeat, with its 95 % interval."),
    heldMax: count.nullable(),
    bufferDepthMax: count.nullable(),
    peakRssBytes: count.nullable(),
    isParetoOptimal: z
      .boolean()
      .describe('It held order, and no other that did is better in one respect and as good in the others.'),
  })
  .meta({ id: 'candidate' });

const comparison = z.object({
  baseline: name,
  candidates: z.array(candidate),
  recommendation: z.object({ candidate: name.nullable(), text: z.string() }),
});

export const runReportSchema = z.object({
  schemaVersion: z.literal('1.1'),
  tool: z.object({ name: z.literal('eventbus-bench'), version: z.string(), gitCommit: z.string().nullable() }),
  command: z.array(z.string()),
  replay: z.string().describe('The command that repeats the run.'),
  startedAt: z.iso.datetime({ offset: true }),
  seed: z.int().nullable(),
  environment: z.object({ node: z.string(), os: z.string(), cpu: z.string(), cores: count }),
  scenario: scenario.nullable(),
  runs: z.array(rowSchema),
  comparison: comparison.nullable().describe('Of compare: its rows as candidates.'),
});

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
/** Whether two types are identical, optional fields included; the compiler compares such functions by identity. */
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */
type Assert<T extends true> = T;

/** Compiles only while schema and domain type have the same fields of the same types. */
export type SchemaIsTheContract = Assert<Same<DeepReadonly<z.infer<typeof runReportSchema>>, DeepReadonly<RunReport>>>;

/**
 * The JSON Schema (draft 2020-12) of a report, as a plain object. It requires every field and permits further ones,
 * since later minor versions only add.
 */
export function reportJsonSchema(): Record<string, unknown> {
  const generated = z.toJSONSchema(runReportSchema, { io: 'input', override: dropNoise });
  const { $schema, ...rest } = generated;
  return {
    $schema,
    title: 'eventbus-bench report',
    description: 'What eventbus-bench writes to reports/. Explained field by field in docs/REPORT.md.',
    ...rest,
  };
}

/** Leaves out what says nothing about a report: JavaScript's own limit of integers, and a format spelt out again. */
function dropNoise({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum'];
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum'];
  if (jsonSchema['format'] === 'date-time') delete jsonSchema['pattern'];
}
