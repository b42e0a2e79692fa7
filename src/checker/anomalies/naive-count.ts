/**
 * Counts what a hand-written checker would. The *naive count* takes every version that is not above the highest so far
 * as a violation; *descents* compare with the previous observation only. Neither looks at the state of the real counts,
 * so that `naive = regressions + duplicates` is a check of both.
 */
export interface NaiveState {
  naiveHighest: number;
  naivePrevious: number;
  naive: number;
  descents: number;
}

export function observeNaively(state: NaiveState, version: number): void {
  if (version <= state.naiveHighest) state.naive++;
  else state.naiveHighest = version;
  if (version < state.naivePrevious) state.descents++;
  state.naivePrevious = version;
}
