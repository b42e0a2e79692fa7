/** Shows a comparison: the candidates side by side, what each promises and costs, and what the figures are. */
import type { Candidate, Comparison } from '../../domain/report/comparison.js';
import { boundNotes } from './run-worth.js';
import { renderComparisonTable } from './comparison-table.js';
import { atRiskNote, othersNote } from './columns.js';
import { formatCount } from '../../text/numbers.js';
import { renderCosts, renderPromises } from './promise-table.js';
import { wrapText } from './line-wrapping.js';
import type { Theme } from './theme.js';

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
      .flatMap((note) => wrapText(theme.text(note), Math.min(width, widestProse), '', 2))
      .map((line) => theme.faint(line)),
  ];
}

/** What each promises, side by side, then what it costs. */
export function renderClaims({ candidates }: Comparison, { width, theme }: ComparisonOptions): string[] {
  return [
    ...renderPromises(candidates, { width, theme }),
    '',
    ...wrapText(theme.faint(theme.text(promiseNote)), Math.min(width, widestProse), '', 2),
    '',
    theme.strong('What each strategy costs, and where it fails'),
    ...renderCosts(candidates, { width: Math.min(width, widestProse), theme }),
  ];
}

const promiseNote =
  'first deliveries: the order of each aggregate, as long as nothing is delivered again; yes, no: whether it promises to keep its order through this';

function notesOf(candidates: readonly Candidate[], { theme, clock }: ComparisonOptions): string[] {
  const repeated = candidates.some(({ runs }) => runs > 1);
  return [
    ...(repeated
      ? ['regress., at risk, dupl., lost: of all repeats; other figures are medians, held the maximum']
      : []),
    atRiskNote,
    ...boundNotes(candidates),
    ...(candidates.some(({ others }) => others > 0) ? [othersNote] : []),
    `by baseline: handled/s divided by the baseline's${repeated ? ', repeat by repeat, with its 95 % interval' : ''}`,
    `running: handlers at once, on average; held: events in the bus at once.${clockNotes[clock]}`,
    ...bufferNotes(candidates),
    ...(candidates.some(({ isParetoOptimal }) => isParetoOptimal)
      ? [`${theme.star}: held order, and no other that did beats it in handled/s, p99 and events held together`]
      : []),
    ...(candidates.some(isBehindFault)
      ? [`${theme.repair}: repairs behind a fault, which stays: defence in depth, not a fix`]
      : []),
    ...alikeNotes(candidates),
  ];
}

export function isBehindFault({ repairs }: Candidate): boolean {
  return repairs === 'behind a fault';
}

function bufferNotes(candidates: readonly Candidate[]): string[] {
  const buffered = candidates.flatMap(({ name, bufferDepthMax }) =>
    bufferDepthMax === null ? [] : [`${name} ${formatCount(bufferDepthMax)}`],
  );
  return buffered.length === 0 ? [] : [`early events kept back at once, at most: ${buffered.join(', ')}`];
}

/** Those whose figures are the same to the last digit did the same, and that is worth knowing. */
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
