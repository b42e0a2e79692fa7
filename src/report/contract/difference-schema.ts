/**
 * Defines the zod schema of what `report A B --format json` prints, from which `docs/report-difference.schema.json` is
 * generated. The domain type is the contract; {@link DifferenceSchemaIsTheContract} fails to compile as soon as both differ.
 */
import { z } from 'zod';
import {
  comparedCounts,
  comparedSpeeds,
  differenceKinds,
  outcomeChanges,
  speedResults,
  type ReportDifference,
} from '../../domain/report/report-difference.js';
import { outcomes } from '../../domain/scenario/scenario.js';
import { reasonSchema } from './reason-schema.js';
import { amount, count, name } from './schema-values.js';
import { dropNoise, type Assert, type DeepReadonly, type Same } from './schema.js';

const side = z.object({
  source: name.describe('The name of the file.'),
  scenario: name.nullable(),
  startedAt: name,
  toolVersion: name,
  rows: count,
});

const field = z.object({
  of: z.enum(differenceKinds),
  field: name.describe('Its path in the report.'),
  a: z.unknown(),
  b: z.unknown(),
});

const tally = z.object({
  worst: z.enum(outcomes),
  runs: count,
  ordered: count,
  violated: count,
  inconclusive: count,
  failed: count.describe('Of all, those that an error ended.'),
});

const cause = z.object({
  id: name,
  latent: z.boolean(),
  confidence: z.enum(['certain', 'likely', 'possible']),
  runs: count.describe('In how many runs it was named.'),
});

const speed = z.object({
  figure: z.enum(comparedSpeeds),
  a: amount.nullable().describe('Median of the runs that no error ended.'),
  b: amount.nullable(),
  ratio: z.object({ ratio: amount, low95: amount, high95: amount }).nullable().describe('B by A.'),
  result: z.enum(speedResults),
});

const row = z.object({
  name,
  nameInA: name,
  differs: z.array(field),
  basis: z.enum(['exact', 'sampled']).describe('exact: the same load and seeds in virtual time.'),
  outcome: z.object({ a: tally, b: tally, change: z.enum(outcomeChanges) }),
  counts: z
    .array(z.object({ count: z.enum(comparedCounts), a: amount.nullable(), b: amount.nullable() }))
    .describe('Sums over all runs of a side.'),
  causes: z.object({ a: z.array(cause), b: z.array(cause) }).describe('Those that only one side names.'),
  reasons: z.object({ a: z.array(reasonSchema), b: z.array(reasonSchema) }),
  speed: z.array(speed),
});

export const differenceSchema = z.object({
  kind: z.literal('difference'),
  schemaVersion: z.literal('1.0'),
  a: side,
  b: side,
  differs: z.array(field),
  isLoadKnown: z.boolean(),
  rows: z.array(row),
  onlyA: z.array(name),
  onlyB: z.array(name),
});

/** Compiles only while schema and domain type have the same fields of the same types. */
export type DifferenceSchemaIsTheContract = Assert<
  Same<DeepReadonly<z.infer<typeof differenceSchema>>, DeepReadonly<ReportDifference>>
>;

/** The JSON Schema (draft 2020-12) of what differs between two reports. Further fields are permitted. */
export function differenceJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(differenceSchema, { io: 'input', override: dropNoise });
  return {
    $schema,
    title: 'eventbus-bench difference of two reports',
    description: 'What eventbus-bench report A B --format json prints. Explained in docs/REPORT.md.',
    ...rest,
  };
}
