/**
 * Says what would make a run decisive, as a command: that of its row, with the flags changed that take its reasons away.
 * All of them, since one that is left leaves the run inconclusive; where two want different values of a flag, the one that
 * asks more of the strategy has its way. A reason that no flag takes away has no command.
 */
import type { Reason } from '../../domain/report/reason.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { stepFor } from './decisive-step.js';
import { disturbFlag, rowCommand, type Changes } from './row-command.js';

/** Of one reason of a row; null if the row is decided, or nothing here takes the reason away. */
export function decisiveCommand(reason: Reason, row: RunRow, report: RunReport): string | null {
  if (report.scenario === null || stepFor(reason, row, report.scenario) === null) return null;
  return decisiveCommandOf(row, report);
}

/** Of a row with all its reasons; null if it is decided, or nothing here takes any of them away. */
export function decisiveCommandOf(row: RunRow, report: RunReport): string | null {
  if (row.outcome !== 'inconclusive' || report.scenario === null) return null;
  // What was cut short from outside says nothing of what it lacks: the same again.
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

/** What asks for another strategy comes last and so stays, what asks most of it behind all others. */
function weightOf(reason: Reason): number {
  if (reason.kind !== 'latent') return 0;
  return reason.of === 'not-survived' ? 2 : 1;
}

/** The later value of a flag, but the larger of two numbers of versions. */
function merged(earlier: Changes, later: Changes): Changes {
  const most = Math.max(Number(earlier['versions'] ?? 0), Number(later['versions'] ?? 0));
  return { ...earlier, ...later, ...(most > 0 && { versions: String(most) }) };
}
