/** Which of a report's candidates held order, at what cost by the baseline, and which to take? */
import type { Comparison } from '../domain/comparison.js';
import type { RunRow } from '../domain/run-report.js';
import type { Scenario } from '../domain/scenario.js';
import { candidateOf, nameOf, type Claims, type OwnFigures } from './candidate.js';
import { paretoOptimal } from './pareto.js';
import { recommend } from './recommend.js';

export interface CompareInput {
  readonly rows: readonly RunRow[];
  readonly scenario: Scenario;
  /** Name of the baseline; the first candidate if null, or if it was not run. */
  readonly baseline: string | null;
  /** Rows that were planned were not run. */
  readonly isCutShort: boolean;
  readonly claimsOf: (strategy: string) => Claims;
}

/** @returns null if there are no rows */
export function compareRows({ rows, scenario, baseline, isCutShort, claimsOf }: CompareInput): Comparison | null {
  const groups = new Map<string, [RunRow, ...RunRow[]]>();
  for (const row of rows) {
    const group = groups.get(nameOf(row));
    if (group === undefined) groups.set(nameOf(row), [row]);
    else group.push(row);
  }
  const names = [...groups.keys()];
  // One that was not run measures nobody.
  const first = names.find((name) => groups.get(name)!.some(({ error }) => error === null)) ?? names[0];
  if (first === undefined) return null;
  const reference = baseline !== null && groups.has(baseline) ? baseline : first;
  const figures = [...groups.values()].map((group) =>
    candidateOf(group, groups.get(reference)!, claimsOf(group[0].strategy)),
  );
  const optimal = paretoOptimal(figures);
  const rowsOf = ({ name }: OwnFigures): readonly RunRow[] => groups.get(name)!;
  return {
    baseline: reference,
    candidates: figures.map((candidate) => ({ ...candidate, isParetoOptimal: optimal.has(candidate.name) })),
    recommendation: recommend({
      candidates: figures,
      baseline: figures.find(({ name }) => name === reference)!,
      rowsOf,
      scenario,
      isCutShort,
    }),
  };
}
