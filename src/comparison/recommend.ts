/**
 * Which one to take? The fastest of those that promise an order and held it in every run. Of several whose speed the
 * repeats cannot tell from the fastest, the one that promises most, then the one with the lowest p99. Said with what the
 * claim rests on, what it was measured under, and what the strategy does not promise to survive.
 */
import type { Comparison } from '../domain/comparison.js';
import type { Guarantee } from '../domain/guarantee.js';
import type { RunRow } from '../domain/run-report.js';
import type { Scenario } from '../domain/scenario.js';
import { relativeSpeed, type OwnFigures } from './candidate.js';
import { conditionsOf } from './conditions.js';
import { counted, listed, percent, significant } from './words.js';

export interface RecommendInput {
  readonly candidates: readonly OwnFigures[];
  readonly baseline: OwnFigures;
  /** The repeats of a candidate. */
  readonly rowsOf: (candidate: OwnFigures) => readonly RunRow[];
  readonly scenario: Scenario;
  /** Rows that were planned were not run. */
  readonly isCutShort: boolean;
}

export function recommend(input: RecommendInput): Comparison['recommendation'] {
  const { candidates, baseline, rowsOf, scenario, isCutShort } = input;
  const held = candidates.filter(({ outcome, guarantee }) => outcome === 'ordered' && guarantee.order !== 'none');
  const [first, ...others] = held;
  if (first === undefined) return { candidate: null, text: noneHeld(candidates) };
  const fastest = others.reduce((best, one) => (speedOf(one) > speedOf(best) ? one : best), first);
  const alike = held.filter((one) => one === fastest || isAsFast(rowsOf(one), rowsOf(fastest)));
  const chosen = alike.reduce((best, one) => (isBetter(one, best) ? one : best));
  const text = [
    ...(isCutShort ? ['Provisional, since not all rows were run.'] : []),
    `Take ${chosen.name}: ${whyOf(chosen, held.length, alike.length, baseline)}.`,
    ...uncertaintyOf(chosen),
    `It promises ${promiseOf(chosen.guarantee)}${survivalOf(chosen.guarantee)}.`,
    `Measured with ${conditionsOf(scenario)}.`,
  ].join(' ');
  return { candidate: chosen.name, text };
}

function speedOf({ handledPerSecond }: OwnFigures): number {
  return handledPerSecond ?? 0;
}

/** What is a fifth slower in the middle of its interval is not as fast, however wide the interval is. */
const slowestAlike = 0.8;

function isAsFast(rows: readonly RunRow[], fastest: readonly RunRow[]): boolean {
  const speed = relativeSpeed(rows, fastest);
  return speed !== null && speed.high95 !== null && speed.high95 >= 1 && speed.ratio >= slowestAlike;
}

function isBetter(one: OwnFigures, other: OwnFigures): boolean {
  const [a, b] = [strengthOf(one.guarantee), strengthOf(other.guarantee)];
  return a === b ? (one.p99Ms ?? Infinity) < (other.p99Ms ?? Infinity) : a > b;
}

/** How much it promises: what it survives counts most, then whose order it keeps. */
function strengthOf({ order, survives }: Guarantee): number {
  const orders: readonly Guarantee['order'][] = [
    'none',
    'per-partition',
    'per-aggregate, first pass',
    'per-aggregate',
    'total',
  ];
  const survived = [survives.crash, survives.redelivery, survives.resize].filter(Boolean).length;
  return survived * orders.length + orders.indexOf(order);
}

function noneHeld(candidates: readonly OwnFigures[]): string {
  const of = (outcome: OwnFigures['outcome']): readonly OwnFigures[] =>
    candidates.filter((one) => one.outcome === outcome);
  const [violated, unsure, lucky] = [of('violated'), of('inconclusive'), of('ordered')];
  const byDuplicates = violated.filter((one) => one.duplicates > 0 && one.violations === one.duplicates);
  const told = [
    ...(violated.length > 0 ? [`${counted(violated.length, 'candidate')} ${were(violated.length)} violated`] : []),
    ...(unsure.length > 0 ? [`${counted(unsure.length, 'candidate')} could not be told`] : []),
    ...(lucky.length > 0 ? [`${counted(lucky.length, 'candidate')} held an order that it does not promise`] : []),
  ];
  const hint =
    byDuplicates.length === 0
      ? ''
      : ` ${byDuplicates.map(({ name }) => name).join(', ')} ${were(byDuplicates.length)} so by duplicates only: --allow duplicate accepts what is delivered again.`;
  return `None to recommend: ${listed(told, 'and')}.${hint}`;
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were';
}

function whyOf(chosen: OwnFigures, held: number, alike: number, baseline: OwnFigures): string {
  const which =
    held === 1
      ? 'the only one that held an order which it promises'
      : alike === 1
        ? `the fastest of ${String(held)} that held order`
        : `of ${String(alike)} that held order and whose speed ${counted(chosen.runs, 'repeat')} cannot tell apart, the one that promises most at the lowest p99`;
  return `${which}, in ${String(chosen.runsOrdered)} of ${counted(chosen.runs, 'run')} (${boundOf(chosen)}), ${speedText(chosen, baseline)}`;
}

function boundOf({ invertedPairs, contestedPairs, invertedRate: { high95 } }: OwnFigures): string {
  const bound = high95 === null ? '' : `, at most ${percent(high95)} with 95 % confidence`;
  return `${invertedPairs.toLocaleString('en-US')} of ${counted(contestedPairs, 'contested pair')} inverted${bound}`;
}

function speedText(chosen: OwnFigures, baseline: OwnFigures): string {
  const speed = chosen.relativeSpeed;
  const p99 = chosen.p99Ms === null ? '' : `, p99 ${significant(chosen.p99Ms)} ms`;
  if (chosen.name === baseline.name) return `as fast as the baseline, which it is${p99}`;
  if (speed === null) return `its speed by the baseline is not known${p99}`;
  const range =
    speed.low95 === null || speed.high95 === null
      ? ''
      : ` (${speed.low95.toFixed(2)} to ${speed.high95.toFixed(2)} with 95 % confidence)`;
  return `at ${speed.ratio.toFixed(2)} times the handled/s of ${baseline.name}${range}${p99}`;
}

/** From where an interval says little. */
const wideInterval = 2;

function uncertaintyOf({ relativeSpeed: speed }: OwnFigures): string[] {
  if (speed?.low95 === undefined || speed.low95 === null || speed.high95 === null) return [];
  if (speed.high95 / speed.low95 < wideInterval) return [];
  return ['So wide an interval says little of its speed: more repeats (--repeat) narrow it.'];
}

function promiseOf({ order }: Guarantee): string {
  switch (order) {
    case 'total':
      return 'one order for all events';
    case 'per-aggregate':
      return 'the order of each aggregate';
    case 'per-aggregate, first pass':
      return 'the order of each aggregate as long as nothing is delivered again';
    case 'per-partition':
      return 'the order within a partition';
    case 'none':
      return 'no order';
  }
}

const threats = {
  redelivery: 'redelivery (a handling that fails, an ack wait that expires)',
  crash: 'a crash of the service',
  resize: 'a change of the number of lanes',
  rebalance: 'a rebalance',
  partitions: 'a change of the number of partitions',
} as const satisfies Record<keyof Guarantee['survives'], string>;

function survivalOf({ survives }: Guarantee): string {
  const fatal = (Object.keys(threats) as (keyof typeof threats)[]).filter((threat) => !survives[threat]);
  return fatal.length === 0
    ? ''
    : `, and not that it survives ${listed(
        fatal.map((threat) => threats[threat]),
        'or',
      )}`;
}
