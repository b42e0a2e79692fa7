/**
 * Checks the outcome of a stored row against the row's own data, so that an edited report does not pass a gate.
 * Violations are counted again from the row's counts and the anomalies that the scenario allows; a row with violations
 * is violated. A row that is called ordered although it has reasons, or saw fewer pairs at risk than its scenario asks
 * for, is inconclusive.
 */
import { anomalyReasons, type Reason } from '../../domain/report/reason.js';
import type { RunReport, RunRow } from '../../domain/report/run-report.js';
import { violationsOf } from '../../domain/report/violations.js';
import { verdictFields } from '../../domain/scenario/fields/gate-fields.js';
import type { AnomalyKind } from '../../domain/scenario/scenario.js';

/** The minimum of pairs at risk for a report without a scenario; such a report is also taken to allow no anomaly. */
const usualMinAtRisk = verdictFields.minAtRisk.default;

/** The first contradiction between two fields of a row, as a clause; null if there is none. */
export function contradictionIn({ runs, scenario }: RunReport): string | null {
  const allow = scenario?.allow ?? [];
  for (const { id, outcome, counts, reasons } of runs) {
    const { regressions, duplicates, naive } = counts;
    const decided = reasons.some(({ kind }) => kind === 'anomaly');
    if (outcome === 'violated' && decided && violationsOf(counts, allow) === 0)
      return `${id} is violated, and nothing that its counts have is a violation`;
    if (outcome === 'ordered' && naive > regressions + duplicates.total)
      return `${id} is ordered, and its naive count is ${naive}, for ${regressions} regressions and ${duplicates.total} duplicates`;
  }
  return null;
}

/** The report with violations counted again, and outcomes that agree with the data of their rows. */
export function withOutcomesHeldToData(report: RunReport): RunReport {
  const allow = report.scenario?.allow ?? [];
  const minAtRisk = report.scenario?.minAtRisk ?? usualMinAtRisk;
  return { ...report, runs: report.runs.map((row) => orderedOnlyWithout(counted(row, allow), minAtRisk)) };
}

function counted(row: RunRow, allow: readonly AnomalyKind[]): RunRow {
  const violations = violationsOf(row.counts, allow);
  const counts = { ...row.counts, violations };
  if (violations === 0 || row.outcome === 'violated') return { ...row, counts };
  return { ...row, counts, outcome: 'violated', reasons: [...anomalyReasons(row.counts, allow), ...row.reasons] };
}

function orderedOnlyWithout(row: RunRow, wanted: number): RunRow {
  if (row.outcome !== 'ordered') return row;
  const { atRiskPairs, contestedPairs, pairs } = row.exposure;
  const numbers = { atRiskPairs, wanted, contestedPairs, pairs };
  const tooFew: Reason = { kind: 'too-few-at-risk', of: null, numbers, detail: null };
  const reasons = atRiskPairs < wanted && row.reasons.length === 0 ? [tooFew] : row.reasons;
  return reasons.length === 0 ? row : { ...row, outcome: 'inconclusive', reasons };
}
