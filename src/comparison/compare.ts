/**
 * Builds the comparison of a report from its rows: the repeats of one mode and strategy become one candidate, each is
 * measured against the baseline, and one of those that held order is recommended.
 */
import type { Comparison } from '../domain/report/comparison.js';
import type { RunRow } from '../domain/report/run-report.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { candidateOf, nameOf, type Claims, type Judged, type OwnFigures } from './candidate.js';
import { paretoOptimal } from './pareto.js';
import type { SurvivorsOf } from './instead.js';
import { recommend } from './recommend.js';
import { repairsOf } from './repairs.js';

export interface CompareInput {
  readonly rows: readonly RunRow[];
  readonly scenario: Scenario;
  /** Name of the baseline; if it is null or names no candidate, the first candidate that was run. */
  readonly baseline: string | null;
  /** Whether some of the planned rows were not run. */
  readonly isCutShort: boolean;
  readonly claimsOf: (strategy: string) => Claims;
  /** Strategies, compared or not, that promise order on the broker and to survive the threat; none if absent. */
  readonly survivorsOf?: SurvivorsOf;
}

/** @returns null if there are no rows */
export function compareRows({
  rows,
  scenario,
  baseline,
  isCutShort,
  claimsOf,
  survivorsOf = () => [],
}: CompareInput): Comparison | null {
  const groups = new Map<string, [RunRow, ...RunRow[]]>();
  for (const row of rows) {
    const group = groups.get(nameOf(row));
    if (group === undefined) groups.set(nameOf(row), [row]);
    else group.push(row);
  }
  const names = [...groups.keys()];
  // A candidate that was not run has no figures to measure the others by.
  const first = names.find((name) => groups.get(name)!.some(({ error }) => error === null)) ?? names[0];
  if (first === undefined) return null;
  const reference = baseline !== null && groups.has(baseline) ? baseline : first;
  const figures = [...groups.values()].map((group) =>
    candidateOf(group, groups.get(reference)!, claimsOf(group[0].strategy)),
  );
  const rowsOf = ({ name }: OwnFigures): readonly RunRow[] => groups.get(name)!;
  const plainOf = ({ broker, mode }: OwnFigures): readonly RunRow[] =>
    figures
      .filter((one) => one.strategy === 'keyed-pool' && one.broker === broker && one.mode === mode)
      .flatMap(rowsOf);
  const judged: readonly Judged[] = figures.map((one) => ({ ...one, repairs: repairsOf(one, plainOf(one), scenario) }));
  const optimal = paretoOptimal(judged);
  return {
    baseline: reference,
    candidates: judged.map((candidate) => ({ ...candidate, isParetoOptimal: optimal.has(candidate.name) })),
    recommendation: recommend({
      candidates: judged,
      baseline: judged.find(({ name }) => name === reference)!,
      rowsOf,
      scenario,
      isCutShort,
      survivorsOf,
    }),
  };
}
