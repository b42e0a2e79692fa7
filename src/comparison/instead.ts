/**
 * Says what else to take, and when: of those that held order and remove the fault, the fastest that survives what the
 * chosen one does not, and the fastest of all where it is faster than the chosen one and promises less.
 */
import type { Judged } from './candidate.js';
import { pairedRatio } from './paired-ratio.js';
import { threatsListed } from './promises.js';
import { fatalTo, speedOfRun, type RowsOf } from './ranking.js';
import { factor, listed } from './words.js';
import type { Threat } from '../domain/survival.js';

/** Strategies, compared or not, that promise order on the broker and to survive the threat. */
export type SurvivorsOf = (threat: Threat, broker: string) => readonly string[];

interface InsteadInput {
  readonly chosen: Judged;
  /** Those that held an order which they promise, `chosen` among them. */
  readonly held: readonly Judged[];
  readonly candidates: readonly Judged[];
  readonly rowsOf: RowsOf;
  readonly survivorsOf: SurvivorsOf;
}

/** @returns '' if there is nothing to say */
export function insteadText({ chosen, held, candidates, rowsOf, survivorsOf }: InsteadInput): string {
  const others = held.filter(
    (one) => one !== chosen && one.broker === chosen.broker && one.repairs !== 'behind a fault',
  );
  const timesOf = (one: Judged): string => {
    const ratio = pairedRatio(rowsOf(one), rowsOf(chosen), speedOfRun)?.ratio;
    return ratio === undefined ? 'at a speed that is not known' : `at ${factor(ratio)} times its speed`;
  };
  const compared = new Set(candidates.map(({ strategy }) => strategy));
  const notCompared = (threat: Threat): readonly string[] =>
    survivorsOf(threat, chosen.broker).filter((strategy) => !compared.has(strategy));
  return [...survivors(chosen, others, timesOf, notCompared), ...faster(chosen, others, rowsOf, timesOf)].join(' ');
}

function survivors(
  chosen: Judged,
  others: readonly Judged[],
  timesOf: (one: Judged) => string,
  notCompared: (threat: Threat) => readonly string[],
): string[] {
  const byName = new Map<string, Threat[]>();
  const unmet: Threat[] = [];
  for (const threat of fatalTo(chosen)) {
    const fitting = fastestOf(others.filter(({ guarantee }) => guarantee.survives[threat]));
    if (fitting === null) unmet.push(threat);
    else byName.set(fitting.name, [...(byName.get(fitting.name) ?? []), threat]);
  }
  const met = [...byName].map(([name, threats]) => {
    const one = others.find((other) => other.name === name)!;
    return `If it has to survive ${threatsListed(threats, 'and')}, take ${name}, ${timesOf(one)}.`;
  });
  if (unmet.length === 0) return met;
  const elsewhere = [...new Set(unmet.flatMap(notCompared))].filter((strategy) =>
    unmet.every((threat) => notCompared(threat).includes(strategy)),
  );
  const hint =
    elsewhere.length === 0
      ? ''
      : `; ${listed(elsewhere, 'and')} ${elsewhere.length === 1 ? 'does' : 'do'}, and can be compared with --strategies`;
  return [...met, `Nothing compared here that held order promises to survive ${threatsListed(unmet, 'or')}${hint}.`];
}

/** Step by step down what has to be survived, as long as a step makes it clearly faster. */
function faster(chosen: Judged, others: readonly Judged[], rowsOf: RowsOf, timesOf: (one: Judged) => string): string[] {
  const told: string[] = [];
  let last = chosen;
  const counts = [...new Set(others.map((one) => fatalTo(one).length))].sort((a, b) => a - b);
  for (const count of counts) {
    const fastest = fastestOf(others.filter((one) => fatalTo(one).length === count));
    const lacks = fastest === null ? [] : fatalTo(fastest).filter((threat) => !fatalTo(chosen).includes(threat));
    if (fastest === null || lacks.length === 0 || !isFaster(fastest, last, rowsOf)) continue;
    told.push(`If it need not survive ${threatsListed(lacks, 'or')}, ${fastest.name} will do, ${timesOf(fastest)}.`);
    last = fastest;
  }
  return told;
}

function isFaster(one: Judged, other: Judged, rowsOf: RowsOf): boolean {
  const speed = pairedRatio(rowsOf(one), rowsOf(other), speedOfRun);
  return speed !== null && (speed.low95 ?? speed.ratio) > 1;
}

function fastestOf(candidates: readonly Judged[]): Judged | null {
  return candidates.reduce<Judged | null>(
    (best, one) => (best === null || (one.handledPerSecond ?? 0) > (best.handledPerSecond ?? 0) ? one : best),
    null,
  );
}
