/**
 * Is this text a report of ours, and what does it say? For every command that reads a stored report.
 *
 * A report of the same major version is read: minor versions only add fields, and what is not known here is left
 * aside. Anything else is refused, naming the field that is wrong.
 */
import type { z } from 'zod';
import { UsageError } from '../domain/errors.js';
import type { RunReport } from '../domain/run-report.js';
import { runGroups } from './groups.js';
import { asVersion11 } from './older-reports.js';
import { withRunBounds } from './older-bounds.js';
import { runReportSchema } from './schema.js';

const wayOut = 'give a file that `eventbus-bench run` wrote, for example reports/latest.json';

/** One report, or as many as `run a.yaml b.yaml --json` printed. */
export interface StoredReports {
  readonly reports: readonly RunReport[];
  /** Whether they stood in an array, which a single one may too. */
  readonly list: boolean;
}

/**
 * @param text the file's content
 * @param from the file's name, for messages
 * @throws UsageError if it is not JSON, not a report, or of another major version
 */
export function parseReport(text: string, from = 'the report'): RunReport {
  return readReport(parseJson(text, from), from);
}

/** As {@link parseReport}; an array of reports is read too. */
export function parseReports(text: string, from = 'the report'): StoredReports {
  const value = parseJson(text, from);
  if (!Array.isArray(value)) return { reports: [readReport(value, from)], list: false };
  if (value.length === 0) throw new UsageError(`${from} is an empty list: it has no report`, wayOut);
  return { reports: value.map((item, at) => readReport(item, `${from}, report ${at + 1}`)), list: true };
}

function readReport(value: unknown, from: string): RunReport {
  const version = schemaVersionOf(value);
  if (version === null) {
    throw isTraceHeader(value)
      ? traceError(from)
      : new UsageError(`${from} is not a report: it has no schemaVersion`, wayOut);
  }
  if (!/^1\.\d+$/.test(version)) {
    throw new UsageError(
      `${from} has schema version ${version}, and this eventbus-bench reads 1.x`,
      'use the eventbus-bench that wrote it, or run again',
    );
  }
  const complete = version === '1.0' ? asVersion11(value as object) : (value as object);
  const parsed = runReportSchema.safeParse({ ...withRunBounds(complete), groups: [], schemaVersion: '1.1' });
  if (!parsed.success) throw new UsageError(`${from} is not a valid report: ${firstIssue(parsed.error)}`, wayOut);
  return { ...parsed.data, groups: runGroups(parsed.data.runs) };
}

/** @throws UsageError if it is not JSON */
export function parseJson(text: string, from: string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  if (json.trim() === '') throw new UsageError(`${from} is empty`, wayOut);
  if (json.includes('\0')) throw new UsageError(`${from} is not text in UTF-8`, wayOut);
  try {
    return JSON.parse(json);
  } catch (error) {
    if (isTrace(json)) throw traceError(from);
    const detail = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${from} is not JSON: ${detail}`, wayOut, { cause: error });
  }
}

/** A trace is JSON too, line by line; its first line says what it is. */
function isTrace(text: string): boolean {
  try {
    return isTraceHeader(JSON.parse(text.slice(0, text.indexOf('\n'))));
  } catch {
    return false;
  }
}

function isTraceHeader(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 'eventbus-bench-trace';
}

function traceError(from: string): UsageError {
  return new UsageError(
    `${from} is a trace, not a report`,
    'make a report of it: eventbus-bench check TRACE --json > report.json',
  );
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
