/**
 * Defines two zod schemas of a report: {@link storedReportSchema}, the JSON contract from which
 * `docs/report.schema.json` is generated, and {@link runReportSchema}, the same without words, by which stored reports
 * are read.
 *
 * The domain type is the contract; {@link SchemaIsTheContract} fails to compile as soon as type and schema differ.
 * Reading tolerates fields that a later minor version added; every field of this version is required.
 */
import { z } from 'zod';
import { stages } from '../../domain/observation.js';
import type { RunReport } from '../../domain/report/run-report.js';
import { causeSchema, explainedSchema, storedCauseSchema } from './cause-schema.js';
import { comparisonSchema, seriesSchema } from './comparison-schema.js';
import { fetchMatrixSchema, seriesOfRunSchema, timelinesSchema } from './picture-schema.js';
import { reasonSchema, storedReasonSchema } from './reason-schema.js';
import { scenarioSchema } from './scenario-schema.js';
import { amount, count, name, point, rate95, share } from './schema-values.js';
import { outcomes } from '../../domain/scenario/scenario.js';

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
  completionOrder: count
    .nullable()
    .describe('As `naive`, of the order in which handlings end. null: not counted by the version that wrote this.'),
  racy: count
    .nullable()
    .describe('Starts of a version other than the next one after that of the last handling to end. null: as above.'),
  crossTopic: count.describe('Pairs of one aggregate in different topics that came in the wrong order.'),
  duplicates: z.object({
    total: count,
    redone: count.describe('No handling of the version had an effect before. Does not decide.'),
    redelivered: count,
    storedTwice: count,
    unflagged: count,
    concurrent: count.describe('Beside the kinds: another attempt of the same event was running.'),
  }),
  gaps: count,
  openGaps: count,
  lost: count.describe('Acknowledged, the drain complete, no handling of it succeeded.'),
  unseen: count.describe('As lost, the drain not complete.'),
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
  contestedPairs: count.describe('Pairs that the workload had outstanding together.'),
  inFlightPairs: count,
  heldBackPairs: count.describe('Contested, not in flight, from a queue that lets one delivery out at a time and did.'),
  atRiskPairs: count.describe('In flight or held back: what verdicts go by.'),
  splitPairs: count.describe('In-flight pairs held by different subscriptions.'),
  invertedPairs: count.describe('Contested pairs whose handlers started in the wrong order.'),
  regressionRate: z
    .object({ value: share.nullable(), low95: share.nullable(), high95: share.nullable() })
    .describe('invertedPairs / contestedPairs; null where no pair was contested. One run has no interval.'),
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

const group = z
  .object({
    id: name.describe("The rows' id without its repeat."),
    runs: count,
    ordered: count,
    violated: count,
    inconclusive: count,
    atMost: share
      .nullable()
      .describe(
        'At most this share of runs loses order, with 95 % confidence; null: one was violated, or none ordered.',
      ),
    regressionRate: rate95.describe('Inverted pairs of all contested ones, over the runs; bounds from five runs on.'),
  })
  .meta({ id: 'group' });

/** One row, with reasons and causes as data. The CSV format takes its columns from this schema. */
export const rowSchema = z.object({
  id: name.describe('[broker:]mode[/durable][+strategy]#repeat'),
  broker: z.object({ kind: name, version: z.string().nullable(), url: z.string().nullable() }),
  client: z.object({ name, version: z.string() }),
  mode: z.enum(['multi', 'single']),
  durable: z.enum(['shared', 'per-topic']).nullable(),
  strategy: name,
  repeat: count,
  point: point.nullable().describe('Where in a sweep it stands.'),
  clock: z.enum(['virtual', 'wall']).describe('The clock that times and rates are in.'),
  outcome: z.enum(outcomes),
  reasons: z.array(reasonSchema),
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
  causes: z.array(causeSchema),
  unexplained: explainedSchema,
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
  series: seriesOfRunSchema.nullable(),
  fetchMatrix: fetchMatrixSchema.nullable(),
  timelines: timelinesSchema.nullable(),
  durationMs: amount.describe("In the row's own clock."),
  wallDurationMs: amount,
  peakRssBytes: count.nullable(),
  error: z.object({ code: z.string(), message: z.string(), wayOut: z.string() }).nullable(),
});

export const runReportSchema = z.object({
  schemaVersion: z.literal('2.0'),
  tool: z.object({ name: z.literal('eventbus-bench'), version: z.string(), gitCommit: z.string().nullable() }),
  command: z.array(z.string()),
  replay: z.string().describe('The command that repeats the run.'),
  startedAt: z.iso.datetime({ offset: true }),
  seed: z.int().nullable(),
  environment: z.object({ node: z.string(), os: z.string(), cpu: z.string(), cores: count }),
  scenario: scenarioSchema.nullable(),
  runs: z.array(rowSchema),
  groups: z.array(group).describe('The repeats of each row taken together.'),
  comparison: comparisonSchema.nullable().describe('Of compare: its rows as candidates.'),
  sweeps: z.array(seriesSchema).describe('Of a sweep: a series a field and row.'),
});

/** A report as it is stored: reasons, evidence and remedies as data and in words. */
export const storedReportSchema = runReportSchema.extend({
  runs: z.array(
    rowSchema.extend({ reasons: z.array(storedReasonSchema), causes: z.array(storedCauseSchema) }).meta({ id: 'row' }),
  ),
});

export type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
/** Whether two types are identical, optional fields included; the compiler compares such functions by identity. */
/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/* eslint-enable @typescript-eslint/no-unnecessary-type-parameters */
export type Assert<T extends true> = T;

/** Compiles only while schema and domain type have the same fields of the same types. */
export type SchemaIsTheContract = Assert<Same<DeepReadonly<z.infer<typeof runReportSchema>>, DeepReadonly<RunReport>>>;

/**
 * The JSON Schema (draft 2020-12) of a report, as a plain object. It requires every field and permits further ones,
 * since later minor versions only add.
 */
export function reportJsonSchema(): Record<string, unknown> {
  const generated = z.toJSONSchema(storedReportSchema, { io: 'input', override: dropNoise });
  const { $schema, ...rest } = generated;
  return {
    $schema,
    title: 'eventbus-bench report',
    description: 'What eventbus-bench writes to reports/. Explained field by field in docs/REPORT.md.',
    ...rest,
  };
}

/** Removes what zod generates beside the contract: JavaScript's own limits of integers, and a pattern for date-time. */
export function dropNoise({ jsonSchema }: { jsonSchema: Record<string, unknown> }): void {
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum'];
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum'];
  if (jsonSchema['format'] === 'date-time') delete jsonSchema['pattern'];
}
