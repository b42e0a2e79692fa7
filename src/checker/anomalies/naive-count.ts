/**
 * Counts what hand-written checkers would. The *naive count* takes every version that is not above the highest so far
 * as a violation; *descents* compare with the previous observation only. Neither looks at the state of the real counts,
 * so that `naive = regressions + duplicates` is a check of both.
 *
 * Two more have a fault of their own, which shows where handlings of an aggregate overlap. The one that judges at
 * *completion* takes the versions in the order in which handlings end, though they may have started in order. The *racy*
 * one reads the last version as a handling starts, expects the next one, and writes as the handling ends, so that it
 * misses what is written in between.
 */
export interface NaiveState {
  naiveHighest: number;
  naivePrevious: number;
  naive: number;
  descents: number;
  /** The highest version of which a handling has succeeded. */
  completedHighest: number;
  completionOrder: number;
  /** The version of the handling that was the last to succeed; 0: none has. */
  racyLast: number;
  racy: number;
}

export function observeNaively(state: NaiveState, version: number): void {
  if (version <= state.naiveHighest) state.naive++;
  else state.naiveHighest = version;
  if (version < state.naivePrevious) state.descents++;
  state.naivePrevious = version;
  if (state.racyLast !== 0 && version !== state.racyLast + 1) state.racy++;
}

/** A handling has succeeded. */
export function completeNaively(state: NaiveState, version: number): void {
  if (version <= state.completedHighest) state.completionOrder++;
  else state.completedHighest = version;
  state.racyLast = version;
}
