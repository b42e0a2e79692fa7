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
  if (path === undefined && stdin.isTTY) {
    throw new UsageError('no report is named, and nothing is piped in', `name one, ${example}`);
  }
  const input = path ?? '-';
  const { reports, list } = parseReports(await readReportText(input, stdin), nameOfInput(input));
  return { reports: reports.map(judged), list };
}

/** The name of the input in messages. */
export function nameOfInput(path: string): string {
  return path === '-' ? 'standard input' : path;
}

/**
 * @param path a file; `-`: standard input
 * @throws {UsageError} if the file cannot be read
 */
export function readReportText(path: string, stdin: NodeJS.ReadStream): Promise<string> {
  return path === '-' ? text(stdin) : readReportFile(path);
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
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new UsageError(`there is no report ${path}`, `name one that run wrote, ${example}`, { cause: error });
    }
    const detail = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${path} cannot be read: ${detail}`, `name a report that can be, ${example}`, {
      cause: error,
    });
  }
}
