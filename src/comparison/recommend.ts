/**
 * Writes the recommendation. Candidates that promise an order and held it in every run are ranked by `ranking.ts`; the
 * first is recommended, with the reason, how much its ordered runs prove, what it costs and promises, when to take
 * another one instead, and what a repair is good for. A candidate that repairs behind a fault is recommended only if no
 * candidate that removes the fault held order.
 */
import type { Recommendation } from '../domain/report/comparison.js';
import type { RunRow } from '../domain/report/run-report.js';
import type { Scenario } from '../domain/scenario/scenario.js';
import { listed } from '../text/lists.js';
import { formatFactor, formatPercent, formatSignificant, plural } from '../text/numbers.js';
import type { Judged } from './candidate.js';
import { conditionsOf } from './conditions.js';
import { insteadOf, type Faster, type SurvivorsOf } from './instead.js';
import { promiseText, threatsListed } from './promises.js';
import { rank } from './ranking.js';
import { repairParts } from './repair-words.js';
import { whyText } from './why.js';

export interface RecommendInput {
  readonly candidates: readonly Judged[];
  readonly baseline: Judged;
  /** The repeats of a candidate. */
  readonly rowsOf: (candidate: Judged) => readonly RunRow[];
  readonly scenario: Scenario;
  /** Whether some of the planned rows were not run. */
  readonly isCutShort: boolean;
  readonly survivorsOf: SurvivorsOf;
}

export function recommend(input: RecommendInput): Recommendation {
  const { candidates, baseline, rowsOf, scenario, isCutShort } = input;
  const held = candidates.filter(({ outcome, guarantee }) => outcome === 'ordered' && guarantee.order !== 'none');
  const [first, ...others] = held;
  if (first === undefined) return written(null, noneHeld(candidates), []);
  const ranking = rank([first, ...others], rowsOf);
  const { chosen } = ranking;
  const instead = insteadOf({ chosen, held, candidates, rowsOf, survivorsOf: input.survivorsOf });
  const headline = [
    ...(isCutShort ? ['Provisional, since not all rows were run.'] : []),
    headlineOf(chosen, instead.faster),
  ].join(' ');
  return written(chosen.name, headline, [
    { kind: 'why', text: whyText(ranking, candidates.length, held) },
    { kind: 'worth', text: worthText(chosen) },
    { kind: 'cost', text: costText(chosen, baseline) },
    { kind: 'promise', text: promiseText(chosen) },
    ...(instead.text === '' ? [] : [{ kind: 'instead', text: instead.text } as const]),
    ...repairParts({ chosen, held, rowsOf, scenario }),
    { kind: 'measured', text: `Measured with ${conditionsOf(scenario)}.` },
  ]);
}

/** A faster alternative is named in the headline if it is at least so many times as fast as the chosen candidate. */
const highPrice = 2;

function headlineOf({ name, repairs }: Judged, faster: readonly Faster[]): string {
  if (repairs === 'behind a fault') {
    return `For now, take ${name}: it repairs order behind a fault, and nothing that removes the fault held here.`;
  }
  const [first] = faster.filter(({ times }) => times >= highPrice);
  if (first === undefined) return `Take ${name}.`;
  const { candidate, times, lacks } = first;
  return `Take ${name} if it has to survive ${threatsListed(lacks, 'or')}, else ${candidate.name}, which is ${formatFactor(times)} times as fast.`;
}

function written(candidate: string | null, headline: string, parts: Recommendation['parts']): Recommendation {
  return { candidate, text: [headline, ...parts.map(({ text }) => text)].join(' '), headline, parts };
}

function noneHeld(candidates: readonly Judged[]): string {
  const of = (outcome: Judged['outcome']): readonly Judged[] => candidates.filter((one) => one.outcome === outcome);
  const [violated, unsure, lucky] = [of('violated'), of('inconclusive'), of('ordered')];
  const byDuplicates = violated.filter(
    ({ duplicates, regressions, lost, others }) => duplicates > 0 && regressions + lost + others === 0,
  );
  const clauses = [
    ...(violated.length > 0 ? [`${plural(violated.length, 'candidate')} ${were(violated.length)} violated`] : []),
    ...(unsure.length > 0 ? [`${plural(unsure.length, 'candidate')} could not be told`] : []),
    ...(lucky.length > 0 ? [`${plural(lucky.length, 'candidate')} held an order that it does not promise`] : []),
  ];
  const hint =
    byDuplicates.length === 0
      ? ''
      : ` ${byDuplicates.map(({ name }) => name).join(', ')} ${were(byDuplicates.length)} so by duplicates only: --allow duplicate accepts what is delivered again.`;
  return `None to recommend: ${listed(clauses, 'and')}.${hint}`;
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}

/** The bound is over runs, not over pairs, since the pairs of one run are not independent. */
function worthText({ runs, runsOrdered, atMost, invertedPairs, atRiskPairs }: Judged): string {
  const bound = atMost === null ? '' : `: at most ${formatPercent(atMost)} of runs are violated, with 95 % confidence`;
  const pairs =
    atRiskPairs === null
      ? ''
      : atRiskPairs === 0
        ? ' No pair was at risk, so nothing could have gone wrong.'
        : ` ${invertedPairs.toLocaleString('en-US')} of ${plural(atRiskPairs, 'pair')} at risk came in the wrong order.`;
  return `It was ordered in ${String(runsOrdered)} of ${plural(runs, 'run')}${bound}.${pairs}`;
}

function costText(chosen: Judged, baseline: Judged): string {
  const { p50Ms, p99Ms, heldMax, costs } = chosen;
  const latencies = [
    ...(p50Ms === null ? [] : [`p50 ${formatSignificant(p50Ms)} ms`]),
    ...(p99Ms === null ? [] : [`p99 ${formatSignificant(p99Ms)} ms`]),
    ...(heldMax === null ? [] : [`up to ${plural(heldMax, 'event')} held at once`]),
  ].map((figure) => `, ${figure}`);
  return [`${speedText(chosen, baseline)}${latencies.join('')}.`, ...uncertaintyOf(chosen), `Costs: ${costs}.`].join(
    ' ',
  );
}

function speedText(chosen: Judged, baseline: Judged): string {
  const speed = chosen.relativeSpeed;
  if (chosen.name === baseline.name) return 'It is the baseline';
  if (speed === null) return 'Its speed relative to the baseline is not known';
  const range =
    speed.low95 === null || speed.high95 === null
      ? ''
      : ` (${formatFactor(speed.low95)} to ${formatFactor(speed.high95)} with 95 % confidence)`;
  return `It handles ${formatFactor(speed.ratio)} times as many events a second as ${baseline.name}${range}`;
}

/** An interval whose upper bound is at least so many times its lower bound is called too wide. */
const wideInterval = 2;

function uncertaintyOf({ relativeSpeed: speed }: Judged): string[] {
  if (speed?.low95 === undefined || speed.low95 === null || speed.high95 === null) return [];
  if (speed.high95 / speed.low95 < wideInterval) return [];
  return ['The interval is too wide to say much: more repeats (--repeat) narrow it.'];
}
