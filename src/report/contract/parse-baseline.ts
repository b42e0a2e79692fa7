/**
 * Reads an older report as the baseline that a new one is compared with. It is more lenient than `parse-report.ts`,
 * since another version of this tool may have written the report, and fields that it lacks are not compared. Only the
 * fields that name a row, and its counts, are required.
 */
import { z } from 'zod';
import { UsageError } from '../../domain/errors.js';
import { parseJson, refuseRecordReport, schemaVersionOf } from './parse-report.js';
import { firstIssue } from './problem-text.js';

const unknownFields = z.record(z.string(), z.unknown());

const baselineRow = z.looseObject({
  id: z.string(),
  broker: z.looseObject({ kind: z.string(), version: z.string().nullish() }),
  mode: z.enum(['multi', 'single']),
  durable: z.enum(['shared', 'per-topic']).nullable(),
  strategy: z.string(),
  repeat: z.int().positive(),
  point: z.looseObject({ field: z.string(), value: z.string() }).nullish(),
  clock: z.string().nullish(),
  outcome: z.string(),
  counts: unknownFields,
  error: z.unknown(),
});

const baselineReport = z.looseObject({
  schemaVersion: z.string(),
  environment: unknownFields.nullish(),
  scenario: unknownFields.nullish(),
  runs: z.array(baselineRow),
});

export type BaselineRow = z.infer<typeof baselineRow>;
export type BaselineReport = z.infer<typeof baselineReport>;

/**
 * @param text the file's content
 * @param from the file's name, for messages
 * @throws {UsageError} if it is not JSON, or cannot be a report of any version
 */
export function parseBaseline(text: string, from: string): BaselineReport {
  const value = parseJson(text, from);
  const wayOut = 'give a report that an earlier `eventbus-bench run` wrote';
  refuseRecordReport(value, from);
  if (schemaVersionOf(value) === null) throw new UsageError(`${from} is not a report: it has no schemaVersion`, wayOut);
  const parsed = baselineReport.safeParse(value);
  if (!parsed.success) throw new UsageError(`${from} cannot be a baseline: ${firstIssue(parsed.error, value)}`, wayOut);
  return parsed.data;
}
