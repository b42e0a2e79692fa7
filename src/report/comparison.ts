/**
 * What does a person see of a comparison? The candidates side by side, what each promises and costs, and which to take,
 * in words.
 */
import type { Candidate, Comparison, Mean95 } from '../domain/comparison.js';
import { renderComparisonTable } from './comparison-table.js';
import { othersNote } from './columns.js';
import { formatCount, formatRate, formatShare, plural } from './format.js';
import { printable, renderEntries, shortened, wrapText } from './text.js';
import { paintOf, type Theme } from './theme.js';

export interface ComparisonOptions {
  readonly width: number;
  readonly theme: Theme;
  /** Whether times are the simulator's. */
  readonly clock: keyof typeof clockNotes;
}

export const clockNotes = {
  virtual: " Times are virtual: the simulator's clock.",
  both: ' Times of simulator rows are virtual.',
  wall: '',
} as const;

const widestProse = 120;

export function renderComparison({ baseline, candidates }: Comparison, options: ComparisonOptions): string[] {
  const { width, theme } = options;
  const table = renderComparisonTable(candidates, { width, theme, baseline: baseline });
  return [
    ...table,
    '',
    ...notesOf(candidates, options)
      .flatMap((note) => wrapText(theme.text(note), width, '', 2))
      .map((line) => theme.faint(line)),
  ];
}

export function renderClaims({ candidates }: Comparison, { width, theme }: ComparisonOptions): string[] {
  return [
    theme.strong('What each found, promises and costs'),
    ...renderEntries(
      candidates.map((one) => ({
        name: `${paintOf(theme, one.outcome)(theme.signs[one.outcome])} ${theme.strong(shortened(printable(one.name), 60, theme.ellipsis))}`,
        text: theme.text(printable(claimsOf(one))),
      })),
      { width: Math.min(width, widestProse), widestName: 20 },
    ),
  ];
}

export function renderRecommendation({ recommendation }: Comparison, { width, theme }: ComparisonOptions): string[] {
  return [
    theme.strong('Recommendation'),
    ...wrapText(theme.text(printable(recommendation.text)), Math.min(width, widestProse), '  '),
  ];
}

function notesOf(candidates: readonly Candidate[], { theme, clock }: ComparisonOptions): string[] {
  const repeated = candidates.some(({ runs }) => runs > 1);
  return [
    ...(repeated
      ? ['regressions, duplicates, lost, contested: of all repeats; other figures are medians, held the maximum']
      : []),
    ...(candidates.some(({ others }) => others > 0) ? [othersNote] : []),
    `by baseline: handled/s by those of the baseline${repeated ? ', repeat by repeat, with the 95 % interval' : ''}`,
    `running: handlers at once, on average; held: events in the bus at once.${clockNotes[clock]}`,
    ...(candidates.some(({ isParetoOptimal }) => isParetoOptimal)
      ? [`${theme.star}: held order, and no other that did beats it in handled/s, p99 and events held together`]
      : []),
  ];
}

/** What it found, promises and costs, in a few sentences. */
export function claimsOf(one: Candidate): string {
  if (one.notRun !== null) return `Not run: ${one.notRun}.`;
  const found = [foundOf(one), ...besidesOf(one), ...upstreamOf(one), ...bufferOf(one)];
  return [...found, promiseOf(one), `Costs: ${one.costs}.`, ...memoryOf(one)].join(' ');
}

/** Violations of other kinds than regressions. */
function besidesOf({ duplicates, lost, others, outcome }: Candidate): string[] {
  if (outcome !== 'violated') return [];
  const told = [
    ...(duplicates > 0 ? [plural(duplicates, 'duplicate')] : []),
    ...(lost > 0 ? [`${formatCount(lost)} lost`] : []),
    ...(others > 0 ? [`${formatCount(others)} others`] : []),
  ];
  return told.length === 0 ? [] : [`Besides: ${told.join(', ')}.`];
}

function memoryOf({ heldMax, peakRssBytes }: Candidate): string[] {
  if (heldMax === null || peakRssBytes === null) return [];
  return [`Memory: up to ${plural(heldMax, 'event')} held, ${formatCount(peakRssBytes / 1e6)} MB resident in all.`];
}

/** Why a strategy that keeps its promise may be violated all the same. */
function upstreamOf({ regressions, regressionsUpstream, repairsInput, guarantee }: Candidate): string[] {
  if (regressions === 0 || repairsInput || guarantee.order === 'none' || regressionsUpstream < regressions / 2)
    return [];
  const which = regressionsUpstream === regressions ? 'all' : formatCount(regressionsUpstream);
  return [
    `In ${which} of them order was lost before the events reached it: it keeps the order of its input and cannot repair it.`,
  ];
}

function bufferOf({ bufferDepthMax }: Candidate): string[] {
  return bufferDepthMax === null ? [] : [`It held back up to ${plural(bufferDepthMax, 'early event')} at once.`];
}

/** Regressions with their interval, the run being the unit; a zero with its bound. */
function foundOf({ runs, regressions, regressionsPerRun, contestedPairs, invertedRate }: Candidate): string {
  const inRuns = runs > 1 ? ` in ${plural(runs, 'run')}` : '';
  if (regressions > 0) return `${plural(regressions, 'regression')}${inRuns}${intervalOf(regressionsPerRun)}.`;
  if (invertedRate.high95 === null) return `No pair was contested${inRuns}, so its zero says nothing.`;
  return `0 of ${plural(contestedPairs, 'contested pair')}${inRuns} inverted: at most ${formatShare(invertedRate.high95)} with 95 % confidence.`;
}

function intervalOf(mean: Mean95 | null): string {
  if (mean?.low95 === null || mean?.high95 === null || mean === null) return '';
  return `, ${formatRate(mean.value)} a run (95 %: ${formatCount(Math.max(0, mean.low95))} to ${formatCount(mean.high95)})`;
}

const promises = {
  total: 'Promises one order for all events',
  'per-aggregate': 'Promises the order of each aggregate',
  'per-aggregate, first pass': 'Promises the order of each aggregate while nothing is delivered again',
  'per-partition': 'Promises the order within a partition',
  none: 'Promises no order',
} as const satisfies Record<Candidate['guarantee']['order'], string>;

function promiseOf({ guarantee: { order, survives } }: Candidate): string {
  if (order === 'none') return `${promises[order]}.`;
  const through = (['redelivery', 'crash', 'resize'] as const).filter((threat) => survives[threat]);
  const not = (['redelivery', 'crash', 'resize'] as const).filter((threat) => !survives[threat]);
  const survival = [
    ...(through.length > 0 ? [`through ${through.join(', ')}`] : []),
    ...(not.length > 0 ? [`not through ${not.join(', ')}`] : []),
  ];
  return `${promises[order]}, ${survival.join(', ')}.`;
}
