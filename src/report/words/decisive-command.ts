/**
 * Writes the command that would make an inconclusive row decisive: the row's own command, with flags changed so that
 * none of its reasons comes up again. All reasons are dealt with, since a remaining one would leave the run
 * inconclusive. If two reasons need different values of a flag, the one that asks more of the strategy wins. A reason
 * that no flag removes has no command.
 */
import type { Reason } from '../../domain/report/reason.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { stepFor } from './decisive-step.js';
import { disturbFlag, rowCommand, type Changes } from './row-command.js';

/** The command for one reason of a row; null if the row is not inconclusive, or no flag removes the reason. */
export function decisiveCommand(reason: Reason, row: RunRow, report: RunReport): string | null {
  if (report.scenario === null || stepFor(reason, row, report.scenario) === null) return null;
  return decisiveCommandOf(row, report);
}

/** The command for all reasons of a row; null if the row is not inconclusive, or no flag removes any of them. */
export function decisiveCommandOf(row: RunRow, report: RunReport): string | null {
  if (row.outcome !== 'inconclusive' || report.scenario === null) return null;
  // A run that was interrupted or lost observations does not show what it lacks, so the same command is run again.
  if (row.reasons.some(({ kind }) => kind === 'interrupted' || kind === 'truncated'))
    return rowCommand(row, report, {});
  let scenario = report.scenario;
  let flags: Changes | null = null;
  for (const reason of [...row.reasons].sort((a, b) => weightOf(a) - weightOf(b))) {
    const step = stepFor(reason, row, scenario);
    if (step === null) continue;
    flags = merged(flags ?? {}, step.flags);
    if (step.disturb === undefined) continue;
    scenario = { ...scenario, disturb: step.disturb };
    flags = { ...flags, disturb: disturbFlag(step.disturb) };
  }
  return flags === null ? null : rowCommand(row, report, flags);
}

/**
 * Orders reasons: those that may change the strategy come last, so that their flags win; `not-survived` is the very
 * last.
 */
function weightOf(reason: Reason): number {
  if (reason.kind !== 'latent') return 0;
  return reason.of === 'not-survived' ? 2 : 1;
}

/** Merges flags: the later value wins, except for `versions`, where the larger one does. */
function merged(earlier: Changes, later: Changes): Changes {
  const most = Math.max(Number(earlier['versions'] ?? 0), Number(later['versions'] ?? 0));
  return { ...earlier, ...later, ...(most > 0 && { versions: String(most) }) };
}
