/** Says in a few sentences how a candidate came out, what it promises and what it costs. */
import type { Candidate, Mean95 } from '../../domain/report/comparison.js';
import { threatsOn } from '../../domain/scenario/survival.js';
import { formatCount, formatRate, plural } from '../../text/numbers.js';
import { foundText } from './advice/probe-text.js';
import { boundOf } from './run-bound-text.js';

export function claimsOf(one: Candidate): string {
  if (one.notRun !== null) return `Not run: ${one.notRun}.`;
  const found = [foundOf(one), ...besidesOf(one), ...upstreamOf(one), ...heldOf(one), ...probeOf(one)];
  return [...found, promiseOf(one), ...repairOf(one), `Costs: ${one.costs}.`].join(' ');
}

/** The least number of runs for which an interval is shown. */
const fewestForInterval = 5;

/** Regressions with their interval over runs; without regressions, the number of ordered runs and its bound. */
function foundOf({
  runs,
  runsOrdered,
  atMost,
  regressions,
  regressionsPerRun,
  invertedPairs,
  atRiskPairs,
}: Candidate): string {
  const inRuns = runs > 1 ? ` in ${plural(runs, 'run')}` : '';
  if (regressions > 0) {
    const interval = runs < fewestForInterval ? '' : intervalOf(regressionsPerRun);
    return `${plural(regressions, 'regression')}${inRuns}${interval}.`;
  }
  if (atRiskPairs === 0) return `No pair was at risk${inRuns}, so its zero says nothing.`;
  const pairs =
    atRiskPairs === null ? '' : `; ${formatCount(invertedPairs)} of ${plural(atRiskPairs, 'pair')} at risk inverted`;
  return `Ordered in ${formatCount(runsOrdered)} of ${plural(runs, 'run')}${boundOf(atMost)}${pairs}.`;
}

function intervalOf(mean: Mean95 | null): string {
  if (mean?.low95 === null || mean?.high95 === null || mean === null) return '';
  return `, ${formatRate(mean.value)} a run (95 %: ${formatCount(Math.max(0, mean.low95))} to ${formatCount(mean.high95)})`;
}

/** Violations of other kinds than regressions. */
function besidesOf({ duplicates, duplicatesRedone, lost, others, outcome }: Candidate): string[] {
  if (outcome !== 'violated') return [];
  const deciding = duplicates - (duplicatesRedone ?? 0);
  const kinds = [
    ...(deciding > 0 ? [plural(deciding, 'duplicate')] : []),
    ...(lost > 0 ? [`${formatCount(lost)} lost`] : []),
    ...(others > 0 ? [`${formatCount(others)} others`] : []),
  ];
  return kinds.length === 0 ? [] : [`Besides: ${kinds.join(', ')}.`];
}

/**
 * Says that order was lost before the strategy's input, so that a strategy which keeps its promise is still violated.
 */
function upstreamOf({ regressions, regressionsUpstream, repairsInput, guarantee }: Candidate): string[] {
  if (regressions === 0 || repairsInput || guarantee.order === 'none' || regressionsUpstream < regressions / 2)
    return [];
  const which = regressionsUpstream === regressions ? 'all' : formatCount(regressionsUpstream);
  return [
    `In ${which} of them order was lost before the events reached it: it keeps the order of its input and cannot repair it.`,
  ];
}

function heldOf({ heldMax, bufferDepthMax }: Candidate): string[] {
  if (heldMax === null) return [];
  const early =
    bufferDepthMax === null || bufferDepthMax === 0
      ? ''
      : `, and kept back up to ${plural(bufferDepthMax, 'early event')}`;
  return [`It held up to ${plural(heldMax, 'event')} at once${early}.`];
}

function probeOf({ probe }: Candidate): string[] {
  return probe === null ? [] : [`With failing handlers it ${foundText(probe)}.`];
}

const promises = {
  total: 'Promises one order for all events',
  'per-aggregate': 'Promises the order of each aggregate',
  'per-aggregate, first pass': 'Promises the order of each aggregate while nothing is delivered again',
  'per-partition': 'Promises the order within a partition',
  none: 'Promises no order',
} as const satisfies Record<Candidate['guarantee']['order'], string>;

function promiseOf({ broker, guarantee: { order, survives } }: Candidate): string {
  if (order === 'none') return `${promises[order]}.`;
  const threats = threatsOn(broker);
  const through = threats.filter((threat) => survives[threat]);
  const not = threats.filter((threat) => !survives[threat]);
  const survival = [
    ...(through.length > 0 ? [`through ${through.join(', ')}`] : []),
    ...(not.length > 0 ? [`not through ${not.join(', ')}`] : []),
  ];
  return `${promises[order]}, ${survival.join(', ')}.`;
}

function repairOf({ repairs }: Candidate): string[] {
  return repairs === 'behind a fault' ? ['It repairs behind a fault, which stays: defence in depth, not a fix.'] : [];
}
