/** Writes the notes below the table of candidates, which explain its figures and marks. */
import type { Candidate, Comparison } from '../../../domain/report/comparison.js';
import { formatCount, formatPercent } from '../../../text/numbers.js';
import { foundText, omissionText } from '../../words/advice/probe-text.js';
import { boundNotes } from '../../words/run-bound-text.js';
import { atRiskNote, concurrencyNote, othersNote, redoneNote, type Clock, type Note } from '../model/note.js';

const summaries = 'handled/s, p50, p99 and running are medians, held the maximum';
const starNote = '★: held order, and no other that did beats it in handled/s, p99 and events held together';
const daggerNote = '†: repairs behind a fault, which stays: defence in depth, not a fix';

function probeNotes(probe: Comparison['probe']): string[] {
  if (probe === null) return [];
  const share = formatPercent(probe.handlerFailShare);
  return [
    `${share} fail: one run more of each with ${share} of handlings failing and ${formatCount(probe.versions)} versions; ✗ with its violations, ✓ with what failed and was tried again in place, or was delivered again`,
  ];
}

export function candidateNotes({ candidates, probe, probeOmitted }: Comparison, clock: Clock): Note[] {
  const isRepeated = candidates.some(({ runs }) => runs > 1);
  const hasOthers = candidates.some(({ others }) => others > 0);
  return [
    ...(isRepeated
      ? [{ text: `regress., at risk, dupl., lost${hasOthers ? ', others' : ''}: of all repeats; ${summaries}` }]
      : []),
    atRiskNote,
    ...boundNotes(candidates).map((text) => ({ text })),
    ...(hasOthers ? [othersNote] : []),
    ...[...probeNotes(probe), ...(probeOmitted === null ? [] : [omissionText(probeOmitted)])].map((text) => ({ text })),
    {
      text: `by baseline: handled/s divided by the baseline's${isRepeated ? ', repeat by repeat, with its 95 % interval' : ''}`,
    },
    concurrencyNote(clock),
    ...[...bufferNotes(candidates), ...markNotes(candidates), ...alikeNotes(candidates)].map((text) => ({ text })),
  ];
}

const baselineNote = "× base, by baseline: handled/s by the baseline's";

function briefProbeNote(share: number): string {
  return `${formatPercent(share)} fail: one run with that, ✗ its violations`;
}

/** What the table cannot be read without, in a few lines. */
export function briefCandidateNotes({ candidates, probe }: Comparison, clock: Clock): Note[] {
  const marks = [
    ...(candidates.some(({ isParetoOptimal }) => isParetoOptimal)
      ? ['★: none in order beats it in speed, p99 and held']
      : []),
    ...(candidates.some(({ repairs }) => repairs === 'behind a fault') ? ['†: repairs behind a fault'] : []),
  ];
  return [
    { text: `ordered 3/5: in 3 of 5 runs; ${probe === null ? baselineNote : briefProbeNote(probe.handlerFailShare)}` },
    ...(clock === 'virtual' ? [] : [{ text: `${baselineNote}, repeat by repeat` }]),
    ...(candidates.some(({ duplicatesRedone }) => (duplicatesRedone ?? 0) > 0) ? [{ text: redoneNote }] : []),
    ...(candidates.some(({ others }) => others > 0) ? [othersNote] : []),
    ...(marks.length === 0 ? [] : [{ text: marks.join('; ') }]),
  ];
}

/** Explains the figures and marks of any comparison, in a few sentences. */
export const candidateLegend = [
  'At risk: pairs of one aggregate that the bus held at once, or held back for each other; only those can go wrong.',
  `${starNote}.`,
  `${daggerNote}.`,
].join(' ');

function bufferNotes(candidates: readonly Candidate[]): string[] {
  const buffered = candidates.flatMap(({ name, bufferDepthMax }) =>
    bufferDepthMax === null ? [] : [`${name} ${formatCount(bufferDepthMax)}`],
  );
  return buffered.length === 0 ? [] : [`early events kept back at once, at most: ${buffered.join(', ')}`];
}

function markNotes(candidates: readonly Candidate[]): string[] {
  return [
    ...(candidates.some(({ isParetoOptimal }) => isParetoOptimal) ? [starNote] : []),
    ...(candidates.some(({ repairs }) => repairs === 'behind a fault') ? [daggerNote] : []),
  ];
}

/**
 * Names the candidates with identical figures, which behaved identically as long as nothing failed, and how they came
 * out where handlers fail.
 */
function alikeNotes(candidates: readonly Candidate[]): string[] {
  const same = new Map<string, Candidate[]>();
  for (const one of candidates) {
    const { outcome, handledPerSecond, p50Ms, p99Ms, handlersMean, heldMax } = one;
    const { regressions, atRiskPairs, duplicates, lost, others } = one;
    const figures = [handledPerSecond, p50Ms, p99Ms, handlersMean, heldMax];
    if (figures.includes(null)) continue;
    const key = [outcome, ...figures, regressions, atRiskPairs, duplicates, lost, others].join(' ');
    same.set(key, [...(same.get(key) ?? []), one]);
  }
  return [...same.values()].filter((alike) => alike.length > 1).map(alikeNote);
}

function alikeNote(alike: readonly Candidate[]): string {
  const names = alike.map(({ name }) => name).join(', ');
  const apart = alike.flatMap(({ name, probe }) => (probe === null ? [] : [`${name} ${foundText(probe)}`]));
  if (apart.length < alike.length || new Set(alike.map(({ probe }) => foundText(probe!))).size === 1)
    return `alike to the last digit: ${names}; they differ in nothing that this load tries`;
  return `alike to the last digit as long as nothing fails: ${names}; where handlers fail, ${apart.join('; ')}`;
}
