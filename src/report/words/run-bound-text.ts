/**
 * Puts the bound that follows from ordered runs into words. Its unit is the run, since pairs of one run are dependent.
 */
import { formatBound, formatCount, plural } from '../../text/numbers.js';

/** The repeats of one candidate or sweep point, with the bound on the share of violated runs (0 to 1). */
export interface OrderedRuns {
  readonly runs: number;
  readonly runsOrdered: number | null;
  readonly atMost: number | null;
}

/** `: at most 46 % of runs are violated, with 95 % confidence`; an empty string for null. */
export function boundOf(atMost: number | null): string {
  return atMost === null ? '' : `: at most ${formatBound(atMost)} of runs are violated, with 95 % confidence`;
}

/** One clause for each distinct number of ordered runs among the items. */
export function boundNotes(all: readonly OrderedRuns[]): string[] {
  const bounds = new Map(
    all.flatMap(({ runs, runsOrdered, atMost }) =>
      atMost === null ? [] : [[`ordered in ${formatCount(runsOrdered)} of ${plural(runs, 'run')}`, atMost] as const],
    ),
  );
  return [...bounds].map(([runs, atMost]) => `${runs}${boundOf(atMost)}`);
}
