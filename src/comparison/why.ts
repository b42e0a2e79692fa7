/** Puts into words why the chosen candidate came first: a sentence for each ranking step that ruled a candidate out. */
import { listed } from '../text/lists.js';
import { plural } from '../text/numbers.js';
import type { Judged } from './candidate.js';
import { orderOf } from './promises.js';
import type { Ranking, RankingStep } from './ranking.js';

/**
 * @param compared number of candidates in all
 * @param held the candidates that held an order which they promise
 */
export function whyText({ chosen, steps }: Ranking, compared: number, held: readonly Judged[]): string {
  if (held.length === 1) return `It is the only one of ${String(compared)} that held an order which it promises.`;
  const sentences = steps.map(({ step, left, isSure }, at) =>
    sentenceOf(step, { chosen, left, isSure, before: at === 0 ? held : steps[at - 1]!.left }),
  );
  return [`${String(held.length)} of ${String(compared)} held an order that they promise.`, ...sentences].join(' ');
}

/** One step of the ranking: the candidates before it, and those left after it. */
interface Narrowed {
  readonly chosen: Judged;
  readonly left: readonly Judged[];
  readonly isSure: boolean;
  readonly before: readonly Judged[];
}

function sentenceOf(step: RankingStep, { chosen, left, before, isSure }: Narrowed): string {
  const isLast = left.length === 1;
  const measured = isSure
    ? ''
    : ` as measured, which ${plural(chosen.runs, 'run')} ${chosen.runs === 1 ? 'is' : 'are'} too few to be sure of`;
  const [some, all] = [String(left.length), String(before.length)];
  switch (step) {
    case 'fault':
      return `${some} of these ${isLast ? 'removes' : 'remove'} the fault rather than repairing behind it.`;
    case 'promise':
      return isLast
        ? `Of these ${all} it promises most: ${orderOf(chosen)}.`
        : `Of these ${all}, ${some} promise most: ${orderOfAll(left)}.`;
    case 'survival':
      return isLast ? `Of these ${all} it survives most.` : `Of these ${all}, ${some} survive most.`;
    case 'speed':
      return isLast
        ? `It is the fastest of these ${all}${measured}.`
        : `Of these ${all}, ${some} are ${alikeIn('speed', chosen)}.`;
    case 'p99':
    case 'p50':
      return isLast
        ? `Of these ${all} its ${step} is the lowest${measured}.`
        : `Of these ${all}, ${some} have the lowest ${step}, as far as ${plural(chosen.runs, 'run')} can tell.`;
    case 'plain':
      return `${namesOf(before)} are ${alikeIn('speed and latency', chosen)}; ${isLast ? `${chosen.name} does` : `${some} of them do`} without a buffer of early events.`;
    case 'first':
      return isFirstByLatency(chosen, before)
        ? `${namesOf(before)} cannot be told apart otherwise; its p99 is the lowest as measured.`
        : `${namesOf(before)} came out alike; it was named first.`;
  }
}

function orderOfAll(candidates: readonly Judged[]): string {
  const orders = new Set(candidates.map(orderOf));
  const [only = ''] = orders;
  return orders.size === 1 ? only : 'the order of each aggregate, or one that contains it';
}

function alikeIn(what: string, { runs }: Judged): string {
  return `alike in ${what}, as far as ${plural(runs, 'run')} can tell`;
}

function namesOf(candidates: readonly Judged[]): string {
  return listed(
    candidates.map(({ name }) => name),
    'and',
  );
}

function isFirstByLatency(chosen: Judged, before: readonly Judged[]): boolean {
  return before.every((one) => one === chosen || (one.p99Ms ?? Infinity) > (chosen.p99Ms ?? Infinity));
}
