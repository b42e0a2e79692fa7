/** Adds the comparison to a report of several strategies, with the claims of each strategy from the registry. */
import { compareRows } from '../comparison/compare.js';
import type { Claims } from '../comparison/candidate.js';
import { traitsOf } from '../domain/broker/registry.js';
import type { RunReport } from '../domain/report/run-report.js';
import { plannedRows } from '../scenario/planned-rows.js';
import { modeRows } from '../domain/scenario/scenario.js';
import type { Threat } from '../domain/scenario/survival.js';
import { strategies, strategyById } from '../strategy/registry.js';

/** @param baseline name of the row that the others are measured against; null: the first one that was run */
export function withComparison(report: RunReport, baseline: string | null): RunReport {
  if (report.scenario === null) return report;
  const { runs, scenario } = report;
  const isCutShort = runs.length < plannedRows(scenario).length;
  return { ...report, comparison: compareRows({ rows: runs, scenario, baseline, isCutShort, claimsOf, survivorsOf }) };
}

function claimsOf(strategy: string): Claims {
  const { guarantee, costs, repairsInput } = strategyById(strategy);
  return { guarantee, costs, repairsInput };
}

function survivorsOf(threat: Threat, broker: string): readonly string[] {
  const traits = traitsOf(broker);
  return strategies
    .filter(({ guarantee: { order, survives } }) => order !== 'none' && survives[threat])
    .filter(({ refuses }) => modeRows.some((mode) => (refuses?.(traits, mode) ?? null) === null))
    .map(({ id }) => id);
}
