import type { Progress } from '../../../src/domain/progress.js';

/** A message of the first row of three, 1,000 ms after it began. */
export function progressOf(changes: Partial<Progress> = {}): Progress {
  return {
    ...{ round: 'rows', rowId: 'multi/shared#1', rowIndex: 0, rowsTotal: 3, phase: 'running', elapsedMs: 1000 },
    ...{ published: 1200, publishTotal: 2000, handled: 1000, regressions: 0, inFlight: 40, lag: 200 },
    ...changes,
  };
}
