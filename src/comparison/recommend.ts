/**
 * Which one to take? The fastest of those that held order in every run; of several that cannot be told apart from the
 * fastest, the one with the lowest p99. Said with what the claim rests on, and what it would not survive.
 */
import type { Comparison } from '../domain/comparison.js';
import type { Guarantee } from '../domain/guarantee.js';
import { describeHandlerTime } from '../domain/handler-time.js';
import type { RunRow } from '../domain/run-report.js';
import type { Scenario } from '../domain/scenario.js';
import { relativeSpeed, type OwnFigures } from './candidate.js';

/** @param rowsOf the repeats of a candidate */
export function recommend(
  candidates: readonly OwnFigures[],
  baseline: OwnFigures,
  rowsOf: (candidate: OwnFigures) => readonly RunRow[],
  scenario: Scenario,
): Comparison['recommendation'] {
  const held = candidates.filter(({ outcome }) => outcome === 'ordered');
  const [first, ...others] = held;
  if (first === undefined) return { candidate: null, text: noneHeld(candidates) };
  const fastest = others.reduce((best, one) => (speedOf(one) > speedOf(best) ? one : best), first);
  const alike = held.filter((one) => one === fastest || isAsFast(rowsOf(one), rowsOf(fastest)));
  const chosen = alike.reduce((best, one) => ((one.p99Ms ?? Infinity) < (best.p99Ms ?? Infinity) ? one : best));
  const text = [
    `Take ${chosen.name}: ${whyOf(chosen, held, alike, baseline)}.`,
    `It promises ${promiseOf(chosen.guarantee)}${survivalOf(chosen.guarantee)}.`,
    `Measured with ${conditionsOf(scenario)}.`,
  ].join(' ');
  return { candidate: chosen.name, text };
}

function speedOf({ handledPerSecond }: OwnFigures): number {
  return handledPerSecond ?? 0;
}

function isAsFast(rows: readonly RunRow[], fastest: readonly RunRow[]): boolean {
  const speed = relativeSpeed(rows, fastest);
  return speed !== null && speed.high95 !== null && speed.high95 >= 1;
}

function noneHeld(candidates: readonly OwnFigures[]): string {
  const broken = candidates.filter(({ outcome }) => outcome === 'violated').length;
  const unsure = candidates.length - broken;
  const told = [
    ...(broken > 0 ? [`${counted(broken, 'candidate')} broke order`] : []),
    ...(unsure > 0 ? [`${counted(unsure, 'candidate')} could not be told`] : []),
  ].join(', and ');
  return `None to recommend: ${told}.`;
}

function whyOf(
  chosen: OwnFigures,
  held: readonly OwnFigures[],
  alike: readonly OwnFigures[],
  baseline: OwnFigures,
): string {
  const which =
    held.length === 1
      ? 'the only one that held order'
      : alike.length === 1
        ? `the fastest of ${String(held.length)} that held order`
        : `of ${String(alike.length)} that held order and are as fast as each other the one with the lowest p99`;
  return `${which}, in ${String(chosen.runsOrdered)} of ${counted(chosen.runs, 'run')} (${boundOf(chosen)}), ${speedText(chosen, baseline)}`;
}

function boundOf({ invertedPairs, contestedPairs, invertedRate: { high95 } }: OwnFigures): string {
  const bound = high95 === null ? '' : `, at most ${percent(high95)} with 95 % confidence`;
  return `${grouped(invertedPairs)} of ${counted(contestedPairs, 'contested pair')} inverted${bound}`;
}

function speedText(chosen: OwnFigures, baseline: OwnFigures): string {
  const speed = chosen.relativeSpeed;
  const p99 = chosen.p99Ms === null ? '' : `, p99 ${String(chosen.p99Ms)} ms`;
  if (chosen.name === baseline.name) return `as fast as the baseline, which it is${p99}`;
  if (speed === null) return `its speed is not known${p99}`;
  const range =
    speed.low95 === null || speed.high95 === null
      ? ''
      : ` (${speed.low95.toFixed(2)} to ${speed.high95.toFixed(2)} with 95 % confidence)`;
  return `at ${speed.ratio.toFixed(2)} times the handled/s of ${baseline.name}${range}${p99}`;
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
  resize: 'a change of the number of lanes or partitions',
} as const satisfies Record<keyof Guarantee['survives'], string>;

function survivalOf({ survives }: Guarantee): string {
  const fatal = (Object.keys(threats) as (keyof typeof threats)[]).filter((threat) => !survives[threat]);
  return fatal.length === 0 ? '' : `, and would not survive ${listed(fatal.map((threat) => threats[threat]))}`;
}

/** What the measured figures hold for. */
function conditionsOf(scenario: Scenario): string {
  const { topics, aggregates, versions, skew, workers, handlerTime, handlerTimeBy, handlerFailShare, ratePerSecond } =
    scenario;
  const time = describeHandlerTime(handlerTime, handlerTimeBy);
  const failing = handlerFailShare === 0 ? 'none of which failed' : `${percent(handlerFailShare)} of which failed`;
  const rate = ratePerSecond === null ? 'as fast as they go' : `${grouped(ratePerSecond)} events/s`;
  const uneven = skew === 0 ? '' : ` on average (skew ${String(skew)})`;
  const load = `${counted(topics, 'topic')}, ${counted(aggregates, 'aggregate')} × ${counted(versions, 'version')}${uneven}, ${rate}`;
  return `${load}, ${counted(workers, 'worker')}, handlers of ${time}, ${failing}`;
}

function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2)).toString()} %`;
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)!}`;
}
