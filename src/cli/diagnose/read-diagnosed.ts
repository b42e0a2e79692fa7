/** Reads what is to be diagnosed: a trace, or a report that has its causes already. */
import { open } from 'node:fs/promises';
import type { RunReport } from '../../domain/report/run-report.js';
import type { CheckTraceOptions } from '../../run/check-trace.js';

/**
 * @param path a trace or a report; `-`: a trace from standard input
 * @throws {UsageError} if it cannot be read, or is neither
 */
export async function readDiagnosed(path: string, options: CheckTraceOptions): Promise<RunReport> {
  if (path !== '-' && (await isReport(path))) {
    const { readStoredReports } = await import('../stored-reports.js');
    const { reports } = await readStoredReports(path, process.stdin);
    const [only, ...others] = reports;
    if (only !== undefined && others.length === 0) return only.report;
    const { UsageError } = await import('../../domain/errors.js');
    throw new UsageError(
      `${path} holds ${String(reports.length)} reports, and one is diagnosed at a time`,
      'name a report of one scenario, such as reports/latest.json',
    );
  }
  const { checkTrace } = await import('../../run/check-trace.js');
  return checkTrace(path === '-' ? 'standard input' : path, {
    ...options,
    ...(path === '-' && { input: process.stdin }),
  });
}

const headBytes = 4_096;

/** Whether the file begins as a JSON document of several lines does; a trace has its header in its first line. */
async function isReport(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
      const head = buffer.toString('utf8', 0, bytesRead).trimStart();
      return (head.startsWith('{') || head.startsWith('[')) && !/^\{\s*"kind"\s*:/.test(head);
    } finally {
      await file.close();
    }
  } catch {
    // Reading it as a trace says what is wrong.
    return false;
  }
}
