/**
 * Draws a comparison as lines of text for a job summary: a bar of speed for each candidate, as long as its share of the
 * fastest one's, and its violations. What was not run, or not measured, has no bar.
 */
import type { Candidate, Comparison } from '../../domain/report/comparison.js';
import { formatRate, plural } from '../../text/numbers.js';
import { printable } from '../../text/printable.js';
import { signs } from './markdown-text.js';

const widestBar = 24;
const widestName = 40;

export function comparisonBars({ candidates }: Comparison): readonly string[] {
  const fastest = Math.max(0, ...candidates.map(({ handledPerSecond }) => handledPerSecond ?? 0));
  const names = candidates.map(({ name }) => shortName(name));
  const rates = candidates.map(({ handledPerSecond }) => `${formatRate(handledPerSecond)}/s`);
  const [nameWidth, rateWidth] = [names, rates].map((texts) => Math.max(0, ...texts.map(({ length }) => length)));
  return candidates.map((candidate, at) =>
    [
      signs[candidate.outcome],
      names[at]!.padEnd(nameWidth!),
      barOf(candidate, fastest).padEnd(widestBar),
      rates[at]!.padStart(rateWidth!),
      candidate.notRun === null ? plural(candidate.violations, 'violation') : 'not run',
    ].join('  '),
  );
}

/** A speed above zero has a bar of one block at least. */
function barOf({ handledPerSecond }: Candidate, fastest: number): string {
  if (handledPerSecond === null || handledPerSecond <= 0) return '';
  return '█'.repeat(Math.max(1, Math.round((handledPerSecond / fastest) * widestBar)));
}

function shortName(name: string): string {
  const text = printable(name);
  return text.length <= widestName ? text : `${text.slice(0, widestName - 1)}…`;
}
