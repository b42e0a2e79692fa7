/** Tells whether a run was ended by Ctrl-C in its midst, so that its numbers are those of a part. */
import type { RunRow } from './run-report.js';

export function isCutShort({ reasons }: Pick<RunRow, 'reasons'>): boolean {
  return reasons.some(({ kind }) => kind === 'interrupted');
}
