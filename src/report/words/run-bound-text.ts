/** Says what ordered runs are worth: the unit of a bound is the run, since pairs of one run stand or fall together. */
import { formatCount, formatShare, plural } from '../../text/numbers.js';

/** All repeats of one thing. */
export interface OrderedRuns {
  readonly runs: number;
  readonly runsOrdered: number | null;
  readonly atMost: number | null;
}

/** `: at most 45 % of runs are violated, with 95 % confidence`; nothing where there is no bound. */
export function boundOf(atMost: number | null): string {
  return atMost === null ? '' : `: at most ${formatShare(atMost)} of runs are violated, with 95 % confidence`;
}

/** A sentence for each number of ordered runs that there is. */
export function boundNotes(all: readonly OrderedRuns[]): string[] {
  const bounds = new Map(
    all.flatMap(({ runs, runsOrdered, atMost }) =>
      atMost === null ? [] : [[`ordered in ${formatCount(runsOrdered)} of ${plural(runs, 'run')}`, atMost] as const],
    ),
  );
  return [...bounds].map(([runs, atMost]) => `${runs}${boundOf(atMost)}`);
}
