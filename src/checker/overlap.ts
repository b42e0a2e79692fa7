/**
 * Which attempts of one aggregate run at the same time? An *overlap* is a pair of attempts of different events whose
 * handler intervals intersect; it is counted when the later of the two starts. Attempts of the same event are no
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
}

/** Is an attempt of this version running? */
export function isRunning(state: RunningState, version: number): boolean {
  if (state.running < 2) return state.running === 1 && state.runningOnly === version;
  return state.runningSeveral!.includes(version);
}

export function startAttempt(state: RunningState, version: number): void {
  if (state.running++ === 0) {
    state.runningOnly = version;
    return;
  }
  state.runningSeveral ??= [];
  if (state.running === 2) state.runningSeveral[0] = state.runningOnly;
  for (const other of state.runningSeveral) if (other !== version) state.overlaps++;
  state.runningSeveral.push(version);
}

export function finishAttempt(state: RunningState, version: number): void {
  if (state.running < 2) {
    if (isRunning(state, version)) state.running = 0;
    return;
  }
  const running = state.runningSeveral!;
  const index = running.indexOf(version);
  if (index < 0) return;
  running[index] = running[running.length - 1]!;
  running.pop();
  state.running--;
  if (state.running === 1) state.runningOnly = running.pop()!;
}
