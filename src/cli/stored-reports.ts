/**
 * Reads the reports that the user named, from a file or standard input, and applies to each the gates of its own
 * scenario.
 */
import { readFile, stat } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { UsageError } from '../domain/errors.js';
import type { JudgedReport } from '../domain/report/gate.js';
import type { RunReport } from '../domain/report/run-report.js';
import { parseReports } from '../report/contract/parse-report.js';
import { systemErrorCode, systemErrorText } from '../text/system-errors.js';
import type { NamedReport } from '../gate/difference/report-difference.js';
import { evaluateGates, summariseGates } from '../gate/gate.js';

export interface JudgedReports {
  readonly reports: readonly JudgedReport[];
  /** Whether the input was an array of reports. */
  readonly list: boolean;
}

const example = 'for example reports/latest.json';

/**
 * @param path a file; `-`: standard input; undefined: standard input, if something is piped into it
 * @throws {UsageError} if there is nothing to read, or the input is no report
 */
export async function readStoredReports(
  path: string | undefined,
  stdin: NodeJS.ReadStream & { readonly fd: 0 },
): Promise<JudgedReports> {
  const input = path ?? '-';
  const { reports, list } = parseReports(await readReportText(input, stdin), nameOfInput(input));
  return { reports: reports.map(judged), list };
}

/**
 * @param paths of two reports, of which one may be `-`: standard input
 * @throws {UsageError} if one cannot be read, is no report, or is a list of several
 */
export async function readTwoReports(
  [a, b]: readonly [a: string, b: string],
  stdin: NodeJS.ReadStream,
): Promise<[NamedReport, NamedReport]> {
  if (a === '-' && b === '-') throw new UsageError('standard input holds one report, not two', 'name a file for one');
  return [await readOneReport(a, stdin), await readOneReport(b, stdin)];
}

async function readOneReport(path: string, stdin: NodeJS.ReadStream): Promise<NamedReport> {
  const source = nameOfInput(path);
  const [report, ...others] = parseReports(await readReportText(path, stdin), source).reports;
  if (report === undefined || others.length > 0) {
    throw new UsageError(
      `${source} is a list of ${String(others.length + 1)} reports, and one is compared with one`,
      'give a file with a single report, such as those that run writes into reports/',
    );
  }
  return { source, report };
}

/** The name of the input in messages. */
export function nameOfInput(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/**
 * @param path a file; `-`: standard input
 * @throws {UsageError} if it cannot be read, or is a terminal
 */
export async function readReportText(path: string, stdin: NodeJS.ReadStream): Promise<string> {
  if (path !== '-') return readReportFile(path);
  if (stdin.isTTY) {
    throw new UsageError('no report is named, and nothing is piped in', `name one, ${example}`);
  }
  try {
    return await text(stdin);
  } catch (cause) {
    throw cannotRead('standard input', cause);
  }
}

/** The report with the result of its scenario's gates; without a scenario it has no gates. */
function judged(report: RunReport): JudgedReport {
  const { scenario } = report;
  return { report, gate: scenario === null ? null : summariseGates(evaluateGates(scenario, report)) };
}

async function readReportFile(path: string): Promise<string> {
  try {
    if ((await stat(path)).isDirectory()) {
      throw new UsageError(`${path} is a folder, not a report`, `name a file in it, ${example}`);
    }
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw cannotRead(path, cause);
  }
}

function cannotRead(path: string, cause: unknown): UsageError {
  if (path === '') return new UsageError('the name of the report is empty', `name one, ${example}`, { cause });
  const code = systemErrorCode(cause);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new UsageError(`there is no report ${path}`, `name one that run wrote, ${example}`, { cause });
  }
  return new UsageError(`${path} cannot be read: ${systemErrorText(cause)}`, `name a report that can be, ${example}`, {
    cause,
  });
}
