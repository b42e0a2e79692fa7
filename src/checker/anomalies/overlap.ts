/**
 * Counts attempts of one aggregate that run at the same time. An *overlap* is a pair of attempts of different events
 * whose handler intervals intersect; it is counted when the later of the two starts. Attempts of the same event are no
 * overlap: they make a duplicate `concurrent`.
 */
export interface RunningState {
  /** Attempts that have started and not finished. */
  running: number;
  /** The version that runs while only one attempt does. */
  runningOnly: number;
  /** The versions that run while several attempts do, as many times as there are attempts. */
  runningSeveral: number[] | null;
  overlaps: number;
  /** Of the overlaps, those of two attempts that different subscriptions had fetched. */
  overlapsAcross: number;
  /** The subscriptions that fetched the running events, in the order of the versions above. */
  runningOnlyBy: number;
  runningSeveralBy: number[] | null;
}

/** Whether an attempt of this version is running. */
export function isRunning(state: RunningState, version: number): boolean {
  if (state.running < 2) return state.running === 1 && state.runningOnly === version;
  return state.runningSeveral!.includes(version);
}

/** @param subscription that fetched it */
export function startAttempt(state: RunningState, version: number, subscription: number): void {
  if (state.running++ === 0) {
    state.runningOnly = version;
    state.runningOnlyBy = subscription;
    return;
  }
  const running = (state.runningSeveral ??= []);
  const by = (state.runningSeveralBy ??= []);
  if (state.running === 2) {
    running[0] = state.runningOnly;
    by[0] = state.runningOnlyBy;
  }
  for (let i = 0; i < running.length; i++) {
    if (running[i] === version) continue;
    state.overlaps++;
    if (by[i] !== subscription) state.overlapsAcross++;
  }
  running.push(version);
  by.push(subscription);
}

export function finishAttempt(state: RunningState, version: number, subscription: number): void {
  if (state.running < 2) {
    if (isRunning(state, version)) state.running = 0;
    return;
  }
  const running = state.runningSeveral!;
  const by = state.runningSeveralBy!;
  const index = running.findIndex((other, i) => other === version && by[i] === subscription);
  if (index < 0) return;
  running[index] = running[running.length - 1]!;
  by[index] = by[by.length - 1]!;
  running.pop();
  by.pop();
  state.running--;
  if (state.running > 1) return;
  state.runningOnly = running.pop()!;
  state.runningOnlyBy = by.pop()!;
}
