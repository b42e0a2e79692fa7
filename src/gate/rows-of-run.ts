/**
 * Says how many rows a run has. Every row is run `repeat` times; with a confidence it is run at least as often as it
 * takes if each run that counts is ordered. Where repeats go on until enough pairs were at risk, the number of rows is
 * found only while they run.
 */
import { plannedRows } from '../scenario/planned-rows.js';
import type { GateTerms } from './gate.js';
import { expectationOf, isGated, mayBeOrdered, plannedRowKeysOf } from './gated-rows.js';
import { orderedRunsWanted } from './ordered-runs.js';

/** Number of ordered runs that a confidence asks for; null: it asks for none, or of no planned row. */
export function orderedRunsOfRows(terms: GateTerms): number | null {
  const { expect, gateRows } = terms;
  const isCounted = (keys: readonly string[]): boolean =>
    isGated(gateRows, keys) && mayBeOrdered(expectationOf(expect, keys));
  return plannedRows({ ...terms, repeat: 1 })
    .map(plannedRowKeysOf)
    .some(isCounted)
    ? orderedRunsWanted(terms)
    : null;
}

/** How often every row is run, at least, unless a breach or an error ends the run. */
export function repeatsAtLeast(terms: GateTerms): number {
  return Math.max(terms.repeat, orderedRunsOfRows(terms) ?? 0);
}

/**
 * Number of rows, if every run that a confidence counts is ordered; null if repeats go on until enough pairs were at
 * risk.
 * @param repeats those planned so far, which are more than at first if some runs were inconclusive
 */
export function rowsOfRun(terms: GateTerms, repeats: number = terms.repeat): number | null {
  if (terms.untilAtRisk !== null) return null;
  return rowsOfRepeat(terms) * Math.max(repeats, repeatsAtLeast(terms));
}

export function rowsOfRepeat(terms: GateTerms): number {
  return plannedRows({ ...terms, repeat: 1 }).length;
}
