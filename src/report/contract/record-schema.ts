/**
 * Defines the zod schema of the report of a record, from which `docs/record-report.schema.json` is generated. The domain
 * type is the contract; {@link RecordSchemaIsTheContract} fails to compile as soon as type and schema differ.
 */
import { z } from 'zod';
import { stages } from '../../domain/observation.js';
import { explainedKinds } from '../../domain/report/anomaly-signature.js';
import { recordConditions } from '../../domain/record/record-cause.js';
import { recordClaims } from '../../domain/record/record-claims.js';
import { recordEvents, recordFields, versionRules } from '../../domain/record/record-fields.js';
import type { RecordReport } from '../../domain/record/record-report.js';
import { anomalyKinds, outcomes } from '../../domain/scenario/scenario.js';
import { causeSchema, explainedSchema } from './cause-schema.js';
import { amount, count, name } from './schema-values.js';
import { dropNoise, type Assert, type DeepReadonly, type Same } from './schema.js';

const writtenVersion = z
  .union([z.int(), z.string()])
  .meta({ id: 'version', description: 'As it was written; a text beyond 2^53, which JSON readers would round.' });

const reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('anomaly'), of: z.enum(anomalyKinds), count }),
  z.object({
    kind: z.literal('stake-unknown'),
    lacks: z.array(z.enum(['publish', 'deliver', 'handled', 'finish', 'dense'])),
  }),
  z.object({ kind: z.literal('too-few-at-risk'), atRiskPairs: count, wanted: count }),
  z.object({ kind: z.literal('no-end'), unseen: count }),
  z.object({ kind: z.literal('open-gaps'), count }),
  z.object({ kind: z.literal('several-sources'), aggregates: count }),
  z.object({ kind: z.literal('shared-source'), splitPairs: count, sharedAggregates: count }),
  z.object({ kind: z.literal('several-processes'), count }),
  z.object({ kind: z.literal('several-publishers'), overlaps: count }),
  z.object({ kind: z.literal('bad-lines'), count }),
  z.object({ kind: z.literal('left-out'), count }),
  z.object({ kind: z.literal('unanswered'), count }),
  z.object({ kind: z.literal('unfinished'), count }),
  z.object({ kind: z.literal('several-subscriptions'), count }),
  z.object({ kind: z.literal('unjoined'), count }),
  z.object({ kind: z.literal('truncated'), count }),
  z.object({ kind: z.literal('interrupted') }),
  z.object({ kind: z.literal('empty') }),
]);

const counts = z
  .object({
    handled: count,
    published: count.nullable(),
    regressions: count.describe('First observations of a version after a higher one.'),
    duplicates: count,
    ties: count.nullable().describe('Equal versions with different ids; null where versions rise by one.'),
    gaps: count.nullable(),
    openGaps: count.nullable(),
    descents: count.describe('Observations lower than the one just before.'),
    naive: count.describe('What `version <= highest so far` counts: regressions + duplicates.'),
    lost: count.nullable().describe('null: loss needs publish lines and an end.'),
    unseen: count.nullable(),
    phantoms: count.nullable(),
    storeInversions: count.nullable(),
    splitKeys: count.nullable(),
    overlaps: count.nullable(),
    completionInversions: count.nullable(),
  })
  .describe('null: the record does not show it.');

const exposure = z.object({ pairs: count, contestedPairs: count, atRiskPairs: count.nullable(), splitPairs: count });

const origin = z.object({
  after: z.enum(stages).nullable().describe('The last stage at which the order was seen; null: none was.'),
  by: z.enum(stages).describe('The first stage at which it was seen to be wrong.'),
});

const pairs = z
  .object({
    regressions: count,
    otherPublisher: count.nullable(),
    otherPartition: count.nullable(),
    otherSubscription: count.nullable(),
    otherLane: count.nullable(),
    redelivered: count.nullable(),
  })
  .describe('What late events do not have in common with the higher version before them. null: no line has the field.');

const finding = z.object({
  aggregate: name,
  topic: name,
  source: name,
  regressions: count,
  duplicates: count,
  gaps: count,
  lost: count,
  overlaps: count,
  examples: z.array(
    z.object({
      version: writtenVersion,
      after: writtenVersion,
      line: count.nullable(),
      afterLine: count.nullable(),
      source: name.nullable().describe('Of the line, if several sources were merged.'),
      afterSource: name.nullable(),
      origin: origin.nullable(),
    }),
  ),
});

const place = z.object({ line: count, source: name.nullable().describe('If several sources were merged.') });

const witnessEvent = z
  .object({
    version: writtenVersion,
    partition: count.nullable(),
    position: count.nullable(),
    publish: place.nullable(),
    deliver: place.nullable(),
    subscription: name.nullable(),
    deliveryCount: count.nullable(),
    start: place.nullable(),
    lane: name.nullable(),
    finish: place.nullable(),
    ack: place.nullable(),
  })
  .meta({ id: 'witness-event', description: 'What lines tell of one delivery of an event. null: no line does.' });

const cause = causeSchema.pick({ id: true, explains: true, confidence: true, evidence: true, remedy: true }).extend({
  refutes: z.array(name).describe('Ids of causes that lines, fields and the record as a whole speak against.'),
  witnesses: z
    .array(
      z.object({
        kind: z.enum(explainedKinds),
        aggregate: name,
        topic: name,
        source: name,
        event: witnessEvent,
        otherDelivery: witnessEvent.nullable(),
        otherEvent: witnessEvent.nullable(),
      }),
    )
    .describe('The worst of what it explains, at most three.'),
});

const untold = z.object({
  id: name,
  lacks: z
    .array(z.object({ lines: z.array(z.enum(recordEvents)), fields: z.array(z.enum(recordFields)) }))
    .describe('Lines of one of these kinds, every one of them with all of these fields.'),
  unmet: z.array(z.enum(recordConditions)).describe('What is not true of the record as a whole.'),
});

export const recordReportSchema = z.object({
  schemaVersion: z.literal('1.0'),
  kind: z.literal('record'),
  tool: z.object({ name: z.literal('eventbus-bench'), version: z.string() }),
  sources: z.array(z.object({ name, format: name, lines: count })),
  lines: z.object({
    record: count,
    other: count,
    otherSpans: z
      .array(z.object({ operation: name.nullable(), count }))
      .describe('Of `other`: spans of operations that a record has no lines for; null: of no message.'),
    leftOut: count,
    bad: count,
    moved: count.nullable().describe('Stood behind a line with a higher `order`; null: no order is mapped.'),
  }),
  badLines: z.array(z.object({ source: name, line: count, problem: name, text: name })).describe('The first ones.'),
  events: z.record(z.enum(recordEvents), count).describe('How many lines say what happened.'),
  fields: z.record(z.enum(recordFields), count).describe('How many lines have each field.'),
  versions: z.enum(versionRules),
  firstVersion: writtenVersion.nullable(),
  complete: z.boolean().describe('The record goes on until nothing was under way.'),
  claims: z.array(z.enum(recordClaims)).describe('What the bus was said to guarantee.'),
  outcome: z.enum(outcomes),
  reasons: z.array(reason),
  orderJudgedAt: z.literal('start'),
  counts,
  exposure: exposure.nullable().describe('null: nothing says what was at stake.'),
  extentMax: amount.nullable(),
  origins: z.array(origin.extend({ count })),
  pairs: pairs.nullable(),
  causes: z.array(cause).describe('Mechanisms that the record proves.'),
  unexplained: explainedSchema.describe('What no cause explains.'),
  untold: z.array(untold).describe('Causes that could explain it, and what the record lacks for them.'),
  aggregates: z.array(finding).describe('The worst aggregates, at most 100.'),
  aggregatesTotal: count.describe('Aggregates, each within its topic and source.'),
  aggregatesWithAnomalies: count,
  redacted: z.boolean().describe('Hashes stand in place of ids.'),
  wallDurationMs: amount,
  peakRssBytes: count,
});

/** Compiles only while schema and domain type have the same fields of the same types. */
export type RecordSchemaIsTheContract = Assert<
  Same<DeepReadonly<z.infer<typeof recordReportSchema>>, DeepReadonly<RecordReport>>
>;

/** The JSON Schema (draft 2020-12) of the report of a record, as a plain object. Further fields are permitted. */
export function recordReportJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(recordReportSchema, { io: 'input', override: dropNoise });
  return {
    $schema,
    title: 'eventbus-bench report of a record',
    description: 'What eventbus-bench check --json prints of a record. Explained in docs/RECORD.md.',
    ...rest,
  };
}
