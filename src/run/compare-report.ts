/** How does the report of several strategies become a comparison? With what each strategy says of itself. */
import { compareRows } from '../comparison/compare.js';
import type { Claims } from '../comparison/candidate.js';
import type { RunReport } from '../domain/run-report.js';
import { plannedRows } from './planned-rows.js';
import { strategyById } from '../strategy/registry.js';

/** @param baseline name of the row that the others are measured by; null: the first */
export function withComparison(report: RunReport, baseline: string | null): RunReport {
  if (report.scenario === null) return report;
  const { runs, scenario } = report;
  const isCutShort = runs.length < plannedRows(scenario).length;
  return { ...report, comparison: compareRows({ rows: runs, scenario, baseline, isCutShort, claimsOf }) };
}

function claimsOf(strategy: string): Claims {
  const { guarantee, costs, repairsInput } = strategyById(strategy);
  return { guarantee, costs, repairsInput };
}
