/**
 * Is this text a report of ours, and what does it say? For every command that reads a stored report.
 *
 * A report of the same major version is read: minor versions only add fields, and what is not known here is left
 * aside. Anything else is refused, naming the field that is wrong.
 */
import type { z } from 'zod';
import { UsageError } from '../domain/errors.js';
import type { RunReport } from '../domain/run-report.js';
import { runReportSchema } from './schema.js';

const wayOut = 'give a file that `eventbus-bench run` wrote, for example reports/latest.json';

/**
 * @param text the file's content
 * @param from the file's name, for messages
 * @throws UsageError if it is not JSON, not a report, or of another major version
 */
export function parseReport(text: string, from = 'the report'): RunReport {
  const value = parseJson(text, from);
  const version = schemaVersionOf(value);
  if (version === null) throw new UsageError(`${from} is not a report: it has no schemaVersion`, wayOut);
  if (!/^1\.\d+$/.test(version)) {
    throw new UsageError(
      `${from} has schema version ${version}, and this eventbus-bench reads 1.x`,
      'use the eventbus-bench that wrote it, or run again',
    );
  }
  const parsed = runReportSchema.safeParse({ ...(value as object), schemaVersion: '1.0' });
  if (!parsed.success) throw new UsageError(`${from} is not a valid report: ${firstIssue(parsed.error)}`, wayOut);
  return parsed.data;
}

/** @throws UsageError if it is not JSON */
export function parseJson(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${from} is not JSON: ${detail}`, wayOut, { cause: error });
  }
}

/** Null if it has none. */
export function schemaVersionOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return null;
  return typeof value.schemaVersion === 'string' ? value.schemaVersion : null;
}

/** Where in the document, and what is wrong there. */
export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return error.message;
  const more = error.issues.length - 1;
  const path = issue.path.map(String).join('.');
  return `${path}: ${issue.message}${more > 0 ? `, and ${more} more` : ''}`;
}
