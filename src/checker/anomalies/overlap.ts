/**
 * Counts attempts of one aggregate that run at the same time. An *overlap* is a pair of attempts of different events
 * whose handler intervals intersect; it is counted when the later of the two starts. Attempts of the same event are no
 * overlap: they make a duplicate `concurrent`.
 */
import type { DeliveryRecord } from '../memory/delivery-records.js';

export interface RunningState {
  /** Attempts that have started and not finished. */
  running: number;
  /** The delivery that is handled while only one attempt runs. */
  runningOnly: DeliveryRecord | null;
  /** The deliveries that are handled while several attempts run. */
  runningSeveral: DeliveryRecord[] | null;
  overlaps: number;
  /** Tallies an overlap of two deliveries. */
  overlapped(earlier: DeliveryRecord, later: DeliveryRecord): void;
}

/** The deliveries that are being handled. */
export function runningIn({ running, runningOnly, runningSeveral }: RunningState): readonly DeliveryRecord[] {
  if (running > 1) return runningSeveral!;
  return running === 1 ? [runningOnly!] : [];
}

/** Whether an attempt of this version is running. */
export function isRunning(state: RunningState, version: number): boolean {
  if (state.running < 2) return state.running === 1 && state.runningOnly!.version === version;
  return state.runningSeveral!.some((other) => other.version === version);
}

/** A version whose attempt is running is observed again. Unless one has succeeded, that rests on what becomes of this one. */
export function repeatedWhileRunning(state: RunningState, version: number, hasFinished: boolean): 'running' {
  const running = runningIn(state).findLast((other) => other.version === version);
  if (running !== undefined && !hasFinished) running.repeated++;
  return 'running';
}

export function startAttempt(state: RunningState, record: DeliveryRecord): void {
  if (state.running++ === 0) {
    state.runningOnly = record;
    return;
  }
  const running = (state.runningSeveral ??= []);
  if (state.running === 2) running[0] = state.runningOnly!;
  for (const other of running) {
    if (other.version === record.version) continue;
    state.overlaps++;
    other.overlapped++;
    state.overlapped(other, record);
  }
  running.push(record);
}

/** @param id of the delivery */
export function finishAttempt(state: RunningState, version: number, id: number): void {
  if (state.running < 2) {
    if (!isRunning(state, version)) return;
    state.running = 0;
    prove(state.runningOnly!);
    return;
  }
  const running = state.runningSeveral!;
  const index = running.findIndex((other) => other.id === id);
  if (index < 0) return;
  prove(running[index]!);
  running[index] = running[running.length - 1]!;
  running.pop();
  state.running--;
  if (state.running === 1) state.runningOnly = running.pop()!;
}

/** An attempt ends, so what was counted while it ran is proven. */
function prove(record: DeliveryRecord): void {
  record.overlapped = 0;
  record.repeated = 0;
}
