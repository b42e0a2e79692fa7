/**
 * Violations of a stored report, counted anew from its counts and what its scenario allows: a sum that was edited, or
 * written by something else, must not pass a gate. A row that has violations is violated, whatever its outcome said.
 */
import { anomalyReasons } from '../domain/reason.js';
import type { RunReport, RunRow } from '../domain/run-report.js';
import { violationsOf } from '../domain/violations.js';
import type { AnomalyKind } from '../domain/scenario.js';

/** Without its scenario a report is taken to allow nothing. */
export function withViolationsCounted(report: RunReport): RunReport {
  const allow = report.scenario?.allow ?? [];
  return { ...report, runs: report.runs.map((row) => counted(row, allow)) };
}

function counted(row: RunRow, allow: readonly AnomalyKind[]): RunRow {
  const violations = violationsOf(row.counts, allow);
  const counts = { ...row.counts, violations };
  if (violations === 0 || row.outcome === 'violated') return { ...row, counts };
  return { ...row, counts, outcome: 'violated', reasons: [...anomalyReasons(row.counts, allow), ...row.reasons] };
}
