/**
 * Makes the recommendation, as data. Candidates that promise an order and held it in every run are ranked by
 * `ranking.ts`; the first is recommended, with the reason, how much its ordered runs prove, how it came out where
 * handlers fail, what it costs and promises, when to take another one instead, and what a repair is good for. A
 * candidate that repairs behind a fault is recommended only if no candidate that removes the fault held order.
 */
import type { Advice, Cost, NoneTaken, Probed, Promised } from '../domain/report/advice.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { threatsOn } from '../domain/scenario/survival.js';
import type { Judged } from './candidate.js';
import type { RowsOf } from './figures.js';
import { insteadOf, type SurvivorsOf } from './instead.js';
import { fatalTo, rank } from './ranking.js';
import { besidesOf, notAFixOf } from './repair-uses.js';
import { whyOf } from './why.js';

export interface RecommendInput {
  readonly candidates: readonly Judged[];
  readonly baseline: Judged;
  /** The repeats of a candidate. */
  readonly rowsOf: RowsOf;
  readonly scenario: Scenario;
  /** Share of handlings that failed in the probe; null: nothing was probed. */
  readonly probeShare: number | null;
  /** Whether some of the planned rows were not run. */
  readonly isCutShort: boolean;
  readonly survivorsOf: SurvivorsOf;
}

/** A faster alternative is named beside the chosen candidate if it is at least so many times as fast. */
const highPrice = 2;

export function recommend(input: RecommendInput): Advice {
  const { candidates, baseline, rowsOf, scenario, probeShare, isCutShort, survivorsOf } = input;
  const held = candidates.filter(({ outcome, guarantee }) => outcome === 'ordered' && guarantee.order !== 'none');
  const [first, ...rest] = held;
  if (first === undefined) return noneOf(candidates, isCutShort);
  const ranking = rank([first, ...rest], rowsOf);
  const { chosen } = ranking;
  const others = insteadOf({ chosen, held, candidates, rowsOf, survivorsOf });
  return {
    candidate: chosen.name,
    isProvisional: isCutShort,
    removesFault: chosen.repairs !== 'behind a fault' && candidates.some((one) => hasFault(one, chosen)),
    repairsBehindFault: chosen.repairs === 'behind a fault',
    instead: others.faster.find(({ ratio }) => ratio.ratio >= highPrice) ?? null,
    why: whyOf({ ranking, compared: candidates.length, held, rowsOf, probeShare: probeShare ?? 0 }),
    worth: {
      runs: chosen.runs,
      runsOrdered: chosen.runsOrdered,
      atMost: chosen.atMost,
      invertedPairs: chosen.invertedPairs,
      atRiskPairs: chosen.atRiskPairs,
    },
    probe: probeShare === null ? null : probedOf(chosen, held, probeShare),
    cost: costOf(chosen, baseline),
    promise: promiseOf(chosen, scenario),
    others,
    besides: besidesOf({ chosen, held, rowsOf, scenario }),
    notAFix: notAFixOf({ chosen, held }),
    load: scenario,
  };
}

/** Whether `one` shows a fault on the broker of the chosen candidate that the chosen one does not have. */
function hasFault(one: Judged, chosen: Judged): boolean {
  if (one.broker !== chosen.broker || one.mode === chosen.mode) return false;
  return one.repairs === 'behind a fault' || (one.outcome === 'violated' && one.regressionsUpstream > 0);
}

function noneOf(candidates: readonly Judged[], isCutShort: boolean): NoneTaken {
  const named = (wanted: (one: Judged) => boolean): readonly string[] =>
    candidates.filter(wanted).map(({ name }) => name);
  return {
    candidate: null,
    isProvisional: isCutShort,
    violated: named(({ outcome }) => outcome === 'violated'),
    unclear: named(({ outcome, notRun }) => outcome === 'inconclusive' && notRun === null),
    notRun: named(({ notRun }) => notRun !== null),
    unpromised: named(({ outcome }) => outcome === 'ordered'),
    byDuplicates: named(
      ({ outcome, violations, duplicates, duplicatesRedone }) =>
        outcome === 'violated' && violations > 0 && violations === duplicates - (duplicatesRedone ?? 0),
    ),
  };
}

function probedOf(chosen: Judged, held: readonly Judged[], share: number): Probed {
  const violated = held.filter((one) => one !== chosen && one.probe?.outcome === 'violated');
  return { share, found: chosen.probe, violated: violated.map(({ name }) => name) };
}

function costOf(chosen: Judged, baseline: Judged): Cost {
  const { relativeSpeed, p50Ms, p99Ms, heldMax, costs } = chosen;
  const isBaseline = chosen.name === baseline.name;
  return { baseline: baseline.name, isBaseline, speed: relativeSpeed, p50Ms, p99Ms, heldMax, costs };
}

function promiseOf(chosen: Judged, { kafka }: Scenario): Promised {
  const open = fatalTo(chosen);
  return {
    order: chosen.guarantee.order,
    survives: threatsOn(chosen.broker).filter((threat) => !open.includes(threat)),
    open,
    replicas: kafka.members,
  };
}
