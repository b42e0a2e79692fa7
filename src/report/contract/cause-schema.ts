/**
 * Describes the shape of a cause in a report: evidence and remedy as data, in a stored report also in words.
 */
import { z } from 'zod';
import { evidenceClaims, remedyKinds } from '../../domain/report/cause-evidence.js';
import { count, name } from './schema-values.js';
import { witnessSchema } from './witness-schema.js';

export const explainedSchema = z
  .object({
    regressions: count,
    duplicates: count,
    lost: count,
    overlaps: count,
    storeInversions: count,
    splitKeys: count,
    phantoms: count,
    completionInversions: count,
  })
  .meta({ id: 'explained' });

export const evidenceSchema = z.object({
  claim: z.enum(evidenceClaims),
  count: count.nullable(),
  of: count.nullable().describe('What count is among, or stands beside.'),
  detail: z.string().nullable().describe('Words from elsewhere.'),
});

export const remedySchema = z.object({ kind: z.enum(remedyKinds), detail: z.string().nullable() });

export const causeSchema = z.object({
  id: name,
  explains: explainedSchema,
  latent: z.boolean(),
  confidence: z.enum(['certain', 'likely', 'possible']),
  evidence: z.array(evidenceSchema),
  refutes: z.array(z.string()),
  remedy: remedySchema,
  witnesses: z.array(witnessSchema).describe('The worst of what it explains, at most three, each stage by stage.'),
});

/** A cause in a stored report: the data, and the same in words. */
export const storedCauseSchema = causeSchema.extend({
  evidence: z.array(evidenceSchema.extend({ text: z.string().describe('The claim in words.') })),
  remedy: remedySchema.extend({
    anyBus: z.string().describe('What to do, in words that hold for any bus.'),
    here: z.string().nullable().describe('A command of this tool that tries it.'),
    settings: z
      .array(z.object({ client: name, setting: z.string() }))
      .describe('What clients of the broker call it; empty where no setting is meant. Absent in older reports.')
      .exactOptional(),
  }),
});
