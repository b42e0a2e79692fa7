/**
 * One row of the confusion matrix: what was injected, against what was diagnosed. A scenario that provokes a hazard says
 * which causes its rows must name; each of its runs is counted once, by the worst that it shows.
 */
import { runResults, type HazardTally, type RunResult, type SelfTestResult } from '../domain/report/hazard-tally.js';
import type { RunRow } from '../domain/report/run-report.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { causeDifferences } from './expected-causes.js';
import { evaluateExpression, parseExpression } from './gate-expression.js';
import { expectationOf, rowKeysOf } from './gated-rows.js';

/** Results that are faults of a verdict or a diagnosis. */
const faults: readonly RunResult[] = ['missed', 'mistaken', 'misjudged', 'failed'];

export function tallyHazard(
  hazard: { readonly id: string; readonly isControl: boolean },
  scenario: Pick<Scenario, 'expect' | 'seed'>,
  rows: readonly RunRow[],
): HazardTally {
  const results: Record<RunResult, number> = { named: 0, notShown: 0, missed: 0, mistaken: 0, misjudged: 0, failed: 0 };
  const diagnosed: Record<string, number> = {};
  const latent: Record<string, number> = {};
  let worst: HazardTally['worst'] = null;
  for (const row of rows) {
    const result = resultOf(row, scenario.expect);
    results[result]++;
    for (const cause of row.causes) {
      const counts = cause.latent ? latent : diagnosed;
      counts[cause.id] = (counts[cause.id] ?? 0) + 1;
    }
    if (faults.includes(result) && (worst === null || isWorse(result, worst.result)))
      worst = { row: row.id, seed: scenario.seed + row.repeat - 1, result };
  }
  const brokers = [...new Set(rows.map(({ broker }) => broker.kind))];
  const unexplained = rows.filter((row) => Object.values(row.unexplained).some((count) => count > 0)).length;
  return { ...hazard, brokers, runs: rows.length, results, diagnosed, latent, unexplained, worst };
}

function isWorse(result: RunResult, than: RunResult): boolean {
  return runResults.indexOf(result) > runResults.indexOf(than);
}

function resultOf(row: RunRow, expect: Scenario['expect']): RunResult {
  if (row.error !== null) return 'failed';
  const expected = expectationOf(expect, rowKeysOf(row)) ?? {};
  const outcomes = expected.outcome ?? [];
  if (row.outcome !== 'inconclusive' && !outcomes.includes(row.outcome)) return 'misjudged';
  const { missing, mistaken } = causeDifferences(expected, row);
  if (mistaken.length > 0) return 'mistaken';
  const isShown = (expected.that ?? []).every(
    (text) => evaluateExpression(parseExpression(text, 'expect'), row).result === 'holds',
  );
  if (missing.length > 0) return row.outcome === 'violated' && isShown ? 'missed' : 'notShown';
  // A control that is inconclusive had too little at stake.
  return outcomes.includes(row.outcome) ? 'named' : 'notShown';
}

export function selfTestResult(hazards: readonly HazardTally[]): SelfTestResult {
  const isFaulty = hazards.some(({ results }) => faults.some((fault) => results[fault] > 0));
  const isUnseen = hazards.some(({ results }) => results.named === 0);
  return { outcome: isFaulty ? 'failed' : isUnseen ? 'undecided' : 'held', hazards };
}
