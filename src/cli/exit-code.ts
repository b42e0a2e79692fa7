/**
 * Chooses the exit code of a finished run, in this order: an interruption, a breached gate, a row that an error ended,
 * an undecided gate. Rows that their broker or mode does not support count only if there are no others.
 */
import { exitCodes } from '../domain/errors.js';
import type { RunReport, RunRow } from '../domain/report/run-report.js';
import type { GateResult } from '../gate/gate.js';

export function exitCodeOfRun(
  report: Pick<RunReport, 'runs'>,
  gates: Omit<GateResult, 'findings'>,
  interrupted: boolean,
): number {
  const wasRun = report.runs.some(({ error }) => error?.code !== 'unsupported');
  const rowCodes = report.runs.filter(({ error }) => !wasRun || error?.code !== 'unsupported').map(exitCodeOfRow);
  if (interrupted || rowCodes.includes(exitCodes.interrupted)) return exitCodes.interrupted;
  if (gates.breaches.length > 0) return exitCodes.breached;
  const failed = worstExitCode(rowCodes);
  if (failed !== exitCodes.ok) return failed;
  return gates.given && gates.inconclusive.length > 0 ? exitCodes.inconclusive : exitCodes.ok;
}

/** The exit code of `check`, which is always a gate on the outcome of every row. */
export function exitCodeOfCheck(report: Pick<RunReport, 'runs'>): number {
  const found = report.runs.map((row) => row.outcome);
  if (found.includes('violated')) return exitCodes.breached;
  return found.length === 0 || found.includes('inconclusive') ? exitCodes.inconclusive : exitCodes.ok;
}

const severity: readonly number[] = [
  exitCodes.ok,
  exitCodes.inconclusive,
  exitCodes.brokerUnavailable,
  exitCodes.usage,
  exitCodes.breached,
  exitCodes.internal,
  exitCodes.interrupted,
];

/** The most severe exit code of several runs. */
export function worstExitCode(codes: readonly number[]): number {
  return codes.reduce((worst, code) => (severity.indexOf(code) > severity.indexOf(worst) ? code : worst), exitCodes.ok);
}

function exitCodeOfRow({ error }: RunRow): number {
  switch (error?.code) {
    case undefined:
      return exitCodes.ok;
    case 'broker-unavailable':
    case 'unsupported':
      return exitCodes.brokerUnavailable;
    case 'interrupted':
      return exitCodes.interrupted;
    case 'usage':
      return exitCodes.usage;
    default:
      return exitCodes.internal;
  }
}
