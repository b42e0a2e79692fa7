/**
 * Finds the alternatives to the chosen candidate, among those that held order without repairing behind a fault: for
 * each threat that the chosen one does not survive, the best candidate that does; and candidates that are clearly
 * faster but survive less, one for each number of threats survived, each faster than the one before it.
 */
import type { Threat } from '../domain/scenario/survival.js';
import { listed } from '../text/lists.js';
import { formatFactor } from '../text/numbers.js';
import type { Judged } from './candidate.js';
import { pairedRatio } from './paired-ratio.js';
import { threatsListed } from './promises.js';
import { fatalTo, rank, speedOfRun, type RowsOf } from './ranking.js';

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

/** A candidate that is clearly faster than the chosen one, and the threats that only the chosen one survives. */
export interface Faster {
  readonly candidate: Judged;
  /** Its handled events per second, divided by those of the chosen candidate. */
  readonly times: number;
  readonly lacks: readonly Threat[];
}

export interface Instead {
  readonly faster: readonly Faster[];
  /** '' if there is nothing to say. */
  readonly text: string;
}

export function insteadOf({ chosen, held, candidates, rowsOf, survivorsOf }: InsteadInput): Instead {
  const others = held.filter(
    (one) => one !== chosen && one.broker === chosen.broker && one.repairs !== 'behind a fault',
  );
  const compared = new Set(candidates.map(({ strategy }) => strategy));
  const elsewhere = (threat: Threat): readonly string[] =>
    survivorsOf(threat, chosen.broker).filter((strategy) => !compared.has(strategy));
  const faster = fasterThan(chosen, others, rowsOf);
  const text = [
    ...survivorTexts(chosen, others, rowsOf),
    ...unmetTexts(chosen, others, elsewhere),
    ...faster.map(fasterText),
  ];
  return { faster, text: text.join(' ') };
}

function fasterText({ candidate, times, lacks }: Faster): string {
  return `If it need not survive ${threatsListed(lacks, 'or')}, ${candidate.name} will do, at ${formatFactor(times)} times its speed.`;
}

function survivorTexts(chosen: Judged, others: readonly Judged[], rowsOf: RowsOf): string[] {
  const threatsBy = new Map<Judged, Threat[]>();
  for (const threat of fatalTo(chosen)) {
    const fitting = bestOf(survivorsAmong(others, threat), rowsOf);
    if (fitting !== null) threatsBy.set(fitting, [...(threatsBy.get(fitting) ?? []), threat]);
  }
  return [...threatsBy].map(([one, threats]) => {
    const ratio = pairedRatio(rowsOf(one), rowsOf(chosen), speedOfRun)?.ratio;
    const speed = ratio === undefined ? '' : `, at ${formatFactor(ratio)} times its speed`;
    return `If it has to survive ${threatsListed(threats, 'and')}, take ${one.name}${speed}.`;
  });
}

function unmetTexts(
  chosen: Judged,
  others: readonly Judged[],
  elsewhere: (threat: Threat) => readonly string[],
): string[] {
  const unmet = fatalTo(chosen).filter((threat) => survivorsAmong(others, threat).length === 0);
  const [first, ...rest] = unmet;
  if (first === undefined) return [];
  const strategies = elsewhere(first).filter((one) => rest.every((threat) => elsewhere(threat).includes(one)));
  const verb = strategies.length === 1 ? 'does' : 'do';
  const hint =
    strategies.length === 0 ? '' : `; ${listed(strategies, 'and')} ${verb}, and can be compared with --strategies`;
  return [`Nothing compared here that held order promises to survive ${threatsListed(unmet, 'or')}${hint}.`];
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
      others.filter((one) => fatalTo(one).length === count),
      rowsOf,
    );
    if (best === null) continue;
    const lacks = fatalTo(best).filter((threat) => !fatalTo(chosen).includes(threat));
    const byLast = pairedRatio(rowsOf(best), rowsOf(last), speedOfRun);
    const byChosen = pairedRatio(rowsOf(best), rowsOf(chosen), speedOfRun);
    if (lacks.length === 0 || byLast === null || byChosen === null || (byLast.low95 ?? byLast.ratio) <= 1) continue;
    found.push({ candidate: best, times: byChosen.ratio, lacks });
    last = best;
  }
  return found;
}

function bestOf(candidates: readonly Judged[], rowsOf: RowsOf): Judged | null {
  const [first, ...rest] = candidates;
  return first === undefined ? null : rank([first, ...rest], rowsOf).chosen;
}
