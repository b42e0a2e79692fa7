/**
 * Adds the comparison to a report of several strategies, with the claims of each strategy from the registry, what the
 * probe found, and the recommendation in words.
 */
import { compareRows } from '../comparison/compare.js';
import { probeOf, probeOmissionOf } from '../comparison/probe.js';
import type { Claims } from '../comparison/candidate.js';
import { traitsOf } from '../domain/broker/registry.js';
import type { RunReport, RunRow } from '../domain/report/run-report.js';
import { withAdvice } from '../report/words/advice/advice-text.js';
import { isCutShort } from '../domain/report/cut-short.js';
import { hasAllRows } from '../gate/repeat-control.js';
import { modeRows, type Scenario } from '../domain/scenario/scenario.js';
import type { Threat } from '../domain/scenario/survival.js';
import { strategies, strategyById } from '../strategy/registry.js';

export interface CompareOptions {
  /** Name of the row that the others are measured against; null: the first one that was run. */
  readonly baseline: string | null;
  /** Share of handlings that fail in the probe; 0: there is none. */
  readonly probeShare: number;
}

const plain: CompareOptions = { baseline: null, probeShare: 0 };

/** The scenario under which the rows are run once more; null: none. */
export function probeScenario(scenario: Scenario, { probeShare }: CompareOptions): Scenario | null {
  return probeOmissionOf(scenario, probeShare) === null ? probeOf(scenario, probeShare) : null;
}

/** @param probed the rows of the probe that were run */
export function withComparison(
  report: RunReport,
  { baseline, probeShare }: CompareOptions = plain,
  probed: readonly RunRow[] = [],
): RunReport {
  if (report.scenario === null) return report;
  const { runs, scenario } = report;
  const isPartial = runs.some(isCutShort) || !hasAllRows(scenario, runs);
  const omitted = probeOmissionOf(scenario, probeShare);
  const probe = omitted ?? { scenario: probeOf(scenario, probeShare), rows: probed };
  const compared = compareRows({
    ...{ rows: runs, scenario, baseline, probe, isCutShort: isPartial, claimsOf },
    survivorsOf: (threat, broker) => survivorsOf(threat, broker, scenario.kafka.members),
  });
  return { ...report, comparison: compared === null ? null : withAdvice(compared) };
}

function claimsOf(strategy: string): Claims {
  const { guarantee, costs, repairsInput } = strategyById(strategy);
  return { guarantee, costs, repairsInput };
}

function survivorsOf(threat: Threat, broker: string, members: number): readonly string[] {
  const traits = traitsOf(broker);
  return strategies
    .filter(({ guarantee: { order, survives } }) => order !== 'none' && survives[threat])
    .filter(({ refuses }) => modeRows.some((mode) => (refuses?.(traits, mode, members) ?? null) === null))
    .map(({ id }) => id);
}
