/**
 * Builds the comparison of a report from its rows: the repeats of one mode and strategy become one candidate, each is
 * measured against the baseline, and one of those that held order is recommended.
 */
import type { Compared } from '../domain/report/advice.js';
import type { ProbeOmission } from '../domain/report/probe.js';
import type { RunRow } from '../domain/report/run-report.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { candidateOf, nameOf, type Claims, type Judged, type OwnFigures } from './candidate.js';
import { paretoOptimal } from './pareto.js';
import { probeLoadOf, probeOutcomeOf } from './probe.js';
import type { SurvivorsOf } from './instead.js';
import { recommend } from './recommend.js';
import { repairsOf } from './repairs.js';

export interface CompareInput {
  readonly rows: readonly RunRow[];
  readonly scenario: Scenario;
  /** Name of the baseline; if it is null or names no candidate, the first candidate that was run. */
  readonly baseline: string | null;
  /** What was run under the load of the probe, or why nothing was; absent: nothing, and it is not known why. */
  readonly probe?: ProbeInput | ProbeOmission | null;
  /** Whether some of the planned rows were not run. */
  readonly isCutShort: boolean;
  readonly claimsOf: (strategy: string) => Claims;
  /** Strategies, compared or not, that promise order on the broker and to survive the threat; none if absent. */
  readonly survivorsOf?: SurvivorsOf;
}

export interface ProbeInput {
  readonly scenario: Scenario;
  /** With the ids of the rows of the report. */
  readonly rows: readonly RunRow[];
}

/** @returns null if there are no rows */
export function compareRows({
  rows,
  scenario,
  baseline,
  probe = null,
  isCutShort,
  claimsOf,
  survivorsOf = () => [],
}: CompareInput): Compared | null {
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
  const probing = typeof probe === 'string' ? null : probe;
  const probeRows = new Map(probing?.rows.map((row) => [nameOf(row), row]));
  const judged: readonly Judged[] = figures.map((one) => {
    const row = probeRows.get(one.name);
    const probed = row === undefined ? null : probeOutcomeOf(row);
    return { ...one, repairs: repairsOf(one, plainOf(one), scenario), probe: probed };
  });
  const optimal = paretoOptimal(judged);
  const isProbed = probing !== null && judged.some((one) => one.probe !== null);
  return {
    baseline: reference,
    candidates: judged.map((candidate) => ({ ...candidate, isParetoOptimal: optimal.has(candidate.name) })),
    probe: isProbed ? probeLoadOf(probing.scenario) : null,
    probeOmitted: typeof probe === 'string' ? probe : probing !== null && !isProbed ? 'cut-short' : null,
    advice: recommend({
      candidates: judged,
      baseline: judged.find(({ name }) => name === reference)!,
      rowsOf,
      scenario,
      probeShare: isProbed ? probing.scenario.handlerFailShare : null,
      isCutShort,
      survivorsOf,
    }),
  };
}
