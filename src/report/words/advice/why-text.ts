/** Puts into words why the chosen candidate came first: a sentence for each ranking step that ruled a candidate out. */
import type { Measured, Step, Why } from '../../../domain/report/advice.js';
import { listed } from '../../../text/lists.js';
import { formatCount, formatPercent, plural } from '../../../text/numbers.js';
import { timesText } from './factor-text.js';
import { orderText, threatsListed } from './promise-text.js';

export function whyText({ held, of, steps }: Why): string {
  if (held === 1) {
    return of === 1
      ? 'It is the only candidate, and held an order which it promises.'
      : `It is the only one of ${formatCount(of)} that held an order which it promises.`;
  }
  return [`${formatCount(held)} of ${formatCount(of)} held an order that they promise.`, ...steps.map(stepText)].join(
    ' ',
  );
}

function stepText(step: Step): string {
  const { before, left, runs } = step;
  const isLast = left.length === 1;
  const [some, all] = [String(left.length), String(before.length)];
  switch (step.step) {
    case 'fault':
      return `${some} of these ${isLast ? 'removes' : 'remove'} the fault rather than repairing behind it.`;
    case 'probe': {
      const found = step.level === 'ordered' ? 'held order too' : `${isLast ? 'was' : 'were'} not violated`;
      return `${some} of these ${all} ${found} with ${formatPercent(step.share)} of handlings failing.`;
    }
    case 'promise':
      return isLast
        ? `Of these ${all} it promises most: ${ordersText(step.orders)}.`
        : `Of these ${all}, ${some} promise most: ${ordersText(step.orders)}.`;
    case 'survival': {
      const open = step.count === 0 ? 'none' : threatsListed(step.open, 'and');
      return `Of these ${all}, ${isLast ? 'it leaves' : `${some} leave`} the fewest threats of the broker open: ${open}.`;
    }
    case 'figure':
      return figureText(step);
    case 'plain': {
      const who = isLast ? `${left[0]!} does` : `${some} of them do`;
      return `${alikeText(step.before, step.alikeIn, runs)}; ${who} without a buffer of early events.`;
    }
    case 'first':
      return `${alikeText(step.before, step.alikeIn, runs)}; ${step.byP99 ? 'its median p99 is the lowest as measured' : 'it was named first'}.`;
  }
}

const bests: Readonly<Record<Measured, string>> = {
  speed: 'the highest speed',
  p99: 'the lowest p99',
  p50: 'the lowest p50',
};

function figureText({ of, before, left, runs, next, isSure }: Extract<Step, { step: 'figure' }>): string {
  const all = String(before.length);
  if (left.length > 1) {
    return `Of these ${all}, ${left.length} have ${bests[of]}, and ${plural(runs, 'run')} cannot tell them apart in it.`;
  }
  const ratio = next?.ratio ?? null;
  if (next === null || ratio === null) return `Of these ${all} only its ${of} is known.`;
  const unsure = isSure
    ? ''
    : `, as measured, which ${plural(runs, 'run')} ${runs === 1 ? 'is' : 'are'} too few to be sure of`;
  const margin =
    of === 'speed' ? `${timesText(ratio)} that of ${next.name}` : `that of ${next.name} is ${timesText(ratio)} as long`;
  return `Of these ${all} it has ${bests[of]}: ${margin}${unsure}.`;
}

function ordersText(orders: Extract<Step, { step: 'promise' }>['orders']): string {
  const [only] = orders;
  return only !== undefined && orders.length === 1
    ? orderText(only)
    : 'the order of each aggregate, or one that contains it';
}

const figureWords: Readonly<Record<Measured, string>> = { speed: 'speed', p99: 'p99', p50: 'p50' };

function alikeText(names: readonly string[], alikeIn: readonly Measured[], runs: number): string {
  if (alikeIn.length === 0) return `No figure tells ${listed(names, 'and')} apart`;
  const figures = listed(
    alikeIn.map((of) => figureWords[of]),
    'and',
  );
  return `${listed(names, 'and')} are alike in ${figures}, as far as ${plural(runs, 'run')} can tell`;
}
