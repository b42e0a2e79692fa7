/**
 * Finds the alternatives to the chosen candidate, among those that held order without repairing behind a fault: for
 * each threat that the chosen one does not survive, the best candidate that does; and candidates that are clearly
 * faster but survive less, one for each number of threats survived, each faster than the one before it. One that broke
 * where a few handlers fail is an alternative only if it need not survive redelivery.
 */
import type { Faster, Instead } from '../domain/report/advice.js';
import type { Threat } from '../domain/scenario/survival.js';
import type { Judged } from './candidate.js';
import { speedOfRun, type RowsOf } from './figures.js';
import { pairedRatio } from './paired-ratio.js';
import { fatalTo, probeRankOf, rank } from './ranking.js';

/** Strategies, compared or not, that promise order on the broker and to survive the threat. */
export type SurvivorsOf = (threat: Threat, broker: string) => readonly string[];

interface InsteadInput {
  readonly chosen: Judged;
  /** The candidates that held an order which they promise, `chosen` among them. */
  readonly held: readonly Judged[];
  readonly candidates: readonly Judged[];
  readonly rowsOf: RowsOf;
  readonly survivorsOf: SurvivorsOf;
}

export function insteadOf({ chosen, held, candidates, rowsOf, survivorsOf }: InsteadInput): Instead {
  const others = held.filter(
    (one) => one !== chosen && one.broker === chosen.broker && one.repairs !== 'behind a fault',
  );
  const sound = others.filter((one) => probeRankOf(one) <= probeRankOf(chosen));
  const compared = new Set(candidates.map(({ strategy }) => strategy));
  const elsewhere = (threat: Threat): readonly string[] =>
    survivorsOf(threat, chosen.broker).filter((strategy) => !compared.has(strategy));
  return {
    survivors: survivorsBy(chosen, sound, rowsOf),
    unmet: unmetBy(chosen, held, elsewhere),
    faster: fasterThan(chosen, others, rowsOf),
  };
}

function survivorsBy(chosen: Judged, others: readonly Judged[], rowsOf: RowsOf): Instead['survivors'] {
  const threatsBy = new Map<Judged, Threat[]>();
  for (const threat of fatalTo(chosen)) {
    const fitting = bestOf(survivorsAmong(others, threat), rowsOf);
    if (fitting !== null) threatsBy.set(fitting, [...(threatsBy.get(fitting) ?? []), threat]);
  }
  return [...threatsBy].map(([one, threats]) => ({
    name: one.name,
    threats,
    ratio: pairedRatio(rowsOf(one), rowsOf(chosen), speedOfRun),
  }));
}

/** The threats that nothing which held order survives, on whatever broker and by whatever repair. */
function unmetBy(
  chosen: Judged,
  held: readonly Judged[],
  elsewhere: (threat: Threat) => readonly string[],
): Instead['unmet'] {
  const threats = fatalTo(chosen).filter((threat) => survivorsAmong(held, threat).length === 0);
  const [first, ...rest] = threats;
  if (first === undefined) return null;
  const strategies = elsewhere(first).filter((one) => rest.every((threat) => elsewhere(threat).includes(one)));
  return { threats, strategies };
}

function survivorsAmong(candidates: readonly Judged[], threat: Threat): readonly Judged[] {
  return candidates.filter(({ guarantee }) => guarantee.survives[threat]);
}

function fasterThan(chosen: Judged, others: readonly Judged[], rowsOf: RowsOf): Faster[] {
  const found: Faster[] = [];
  let last = chosen;
  const counts = [...new Set(others.map((one) => fatalTo(one).length))].sort((a, b) => a - b);
  for (const count of counts) {
    const best = bestOf(
      others.filter((one) => fatalTo(one).length === count && !breaksUnforeseen(one, chosen)),
      rowsOf,
    );
    if (best === null) continue;
    const lacks = lackedBy(best, chosen);
    const byLast = pairedRatio(rowsOf(best), rowsOf(last), speedOfRun);
    const byChosen = pairedRatio(rowsOf(best), rowsOf(chosen), speedOfRun);
    if (lacks.length === 0 || byLast === null || byChosen === null) continue;
    if ([byLast, byChosen].some(({ low95, ratio }) => (low95 ?? ratio) <= 1)) continue;
    found.push({ name: best.name, ratio: byChosen, lacks });
    last = best;
  }
  return found;
}

/** The threats that `one` does not promise to survive, and the chosen candidate does. */
function lackedBy(one: Judged, chosen: Judged): readonly Threat[] {
  return fatalTo(one).filter((threat) => !fatalTo(chosen).includes(threat));
}

/** Whether it came out worse than the chosen one under failing handlers, and is not said to lack that. */
function breaksUnforeseen(one: Judged, chosen: Judged): boolean {
  return probeRankOf(one) > probeRankOf(chosen) && !lackedBy(one, chosen).includes('redelivery');
}

function bestOf(candidates: readonly Judged[], rowsOf: RowsOf): Judged | null {
  const [first, ...rest] = candidates;
  return first === undefined ? null : rank([first, ...rest], rowsOf).chosen;
}
