/**
 * Reads the text of a stored report, for every command that takes one. Reports of this major version and the one before
 * are read. Minor versions only add fields and kinds: an unknown field is ignored, an unknown kind keeps its words.
 * Words beside data are ignored too, and violations are counted again, since gates decide by the data. Anything else is
 * refused with the name of the field that is wrong.
 */
import { UsageError } from '../../domain/errors.js';
import type { RunReport } from '../../domain/report/run-report.js';
import { withToldAsData } from './as-told.js';
import { contradictionIn, withOutcomesHeldToData } from './count-violations.js';
import { withLackedFields } from './lacked-fields.js';
import { withOlderComparison } from './older-comparisons.js';
import { firstIssue, jsonProblem } from './problem-text.js';
import { asVersion11, asVersion20, withLaterFields } from './older-reports.js';
import { runGroups } from '../repeats/repeat-groups.js';
import { runReportSchema } from './schema.js';

const wayOut = 'give a file that `eventbus-bench run` wrote, for example reports/latest.json';

/** One report, or as many as `run a.yaml b.yaml --json` printed. */
export interface StoredReports {
  readonly reports: readonly RunReport[];
  /** Whether the file has an array of reports, even if of a single one. */
  readonly list: boolean;
}

/**
 * @param text the file's content
 * @param from the file's name, for messages
 * @throws {UsageError} if it is not JSON, not a report, or of an unknown major version
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
  refuseRecordReport(value, from);
  const version = schemaVersionOf(value);
  if (version === null) {
    throw isTraceHeader(value)
      ? traceError(from)
      : new UsageError(`${from} is not a report: it has no schemaVersion`, wayOut);
  }
  if (!/^[12]\.\d+$/.test(version)) {
    throw new UsageError(
      `${from} has schema version ${version}, and this eventbus-bench reads 1.x and 2.x`,
      'use the eventbus-bench that wrote it, or run again',
    );
  }
  const parsed = runReportSchema.safeParse({
    ...withOlderComparison(complete(value as object, version)),
    groups: [],
    schemaVersion: '2.0',
  });
  if (!parsed.success)
    throw new UsageError(`${from} is not a valid report: ${firstIssue(parsed.error, value)}`, wayOut);
  const contradiction = contradictionIn(parsed.data);
  if (contradiction !== null)
    throw new UsageError(`${from} contradicts itself: ${contradiction}`, 'give the report as it was written');
  const counted = withOutcomesHeldToData(parsed.data);
  return { ...counted, groups: runGroups(counted.runs) };
}

/** The report with every field that the current version requires. */
function complete(report: object, version: string): object {
  const in11 = withLackedFields(version === '1.0' ? asVersion11(report) : report, version);
  const in20: object & { readonly runs?: unknown } = version.startsWith('1.') ? asVersion20(in11) : in11;
  return Array.isArray(in20.runs)
    ? { ...in20, runs: in20.runs.map((row: unknown) => withToldAsData(withLaterFields(row))) }
    : in20;
}

/** @throws {UsageError} if it is not JSON */
export function parseJson(text: string, from: string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  if (json.trim() === '') throw new UsageError(`${from} is empty`, wayOut);
  if (json.includes('\0')) throw new UsageError(`${from} is not text in UTF-8`, wayOut);
  try {
    return JSON.parse(json);
  } catch (error) {
    if (isTrace(json)) throw traceError(from);
    throw new UsageError(`${from} ${jsonProblem(error, json.trimEnd())}`, wayOut, { cause: error });
  }
}

/** Whether the text is a trace: one JSON object a line, of which the first names the format. */
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

/** @throws {UsageError} if the value is what `check --json` prints of a record, which has no runs */
export function refuseRecordReport(value: unknown, from: string): void {
  if (typeof value !== 'object' || value === null || !('kind' in value) || value.kind !== 'record') return;
  throw new UsageError(
    `${from} is the report of a record (eventbus-bench check FILE --json), which has no runs`,
    'its verdict is in its outcome, and in the exit code of check: 0 ordered, 1 violated, 2 inconclusive',
  );
}

/** The schema version of a parsed report; null if it has none. */
export function schemaVersionOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return null;
  return typeof value.schemaVersion === 'string' ? value.schemaVersion : null;
}
