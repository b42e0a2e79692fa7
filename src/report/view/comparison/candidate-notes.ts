/** Writes the notes below the table of candidates, which explain its figures and marks. */
import type { Candidate } from '../../../domain/report/comparison.js';
import { formatCount } from '../../../text/numbers.js';
import { boundNotes } from '../../words/run-bound-text.js';
import { atRiskNote, concurrencyNote, othersNote, type Clock, type Note } from '../model/note.js';

const starNote = '★: held order, and no other that did beats it in handled/s, p99 and events held together';
const daggerNote = '†: repairs behind a fault, which stays: defence in depth, not a fix';

export function candidateNotes(candidates: readonly Candidate[], clock: Clock): Note[] {
  const isRepeated = candidates.some(({ runs }) => runs > 1);
  return [
    ...(isRepeated
      ? [{ text: 'regress., at risk, dupl., lost: of all repeats; other figures are medians, held the maximum' }]
      : []),
    atRiskNote,
    ...boundNotes(candidates).map((text) => ({ text })),
    ...(candidates.some(({ others }) => others > 0) ? [othersNote] : []),
    {
      text: `by baseline: handled/s divided by the baseline's${isRepeated ? ', repeat by repeat, with its 95 % interval' : ''}`,
    },
    concurrencyNote(clock),
    ...[...bufferNotes(candidates), ...markNotes(candidates), ...alikeNotes(candidates)].map((text) => ({ text })),
  ];
}

/** What the table cannot be read without, in a few lines. */
export function briefCandidateNotes(candidates: readonly Candidate[]): Note[] {
  const marks = [
    ...(candidates.some(({ isParetoOptimal }) => isParetoOptimal) ? ['★: no other that kept order beats it'] : []),
    ...(candidates.some(({ repairs }) => repairs === 'behind a fault')
      ? ['†: repairs behind a fault, which stays']
      : []),
  ];
  return [
    { text: "ordered 3/5: in 3 of 5 runs; × base, by baseline: handled/s by the baseline's" },
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

/** Names the candidates whose figures are identical, since they behaved identically under this load. */
function alikeNotes(candidates: readonly Candidate[]): string[] {
  const same = new Map<string, string[]>();
  for (const { name, outcome, handledPerSecond, p50Ms, p99Ms, handlersMean } of candidates) {
    const figures = [handledPerSecond, p50Ms, p99Ms, handlersMean];
    if (figures.includes(null)) continue;
    const key = [outcome, ...figures].join(' ');
    same.set(key, [...(same.get(key) ?? []), name]);
  }
  return [...same.values()]
    .filter((names) => names.length > 1)
    .map((names) => `alike to the last digit: ${names.join(', ')}; they differ in nothing that this load tries`);
}
