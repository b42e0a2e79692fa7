/** What was at stake in a record: pairs at risk are told by deliveries, and by when handlings ended. */
import type { RecordEvent } from '../../domain/record/record-fields.js';
import type { RecordExposure } from '../../domain/record/record-report.js';
import type { Verdict } from '../../domain/report/verdict.js';
import type { Pass } from '../engine.js';

/** @returns null: nothing says what was published */
export function exposureOf(
  { exposure }: Verdict,
  seen: ReadonlySet<RecordEvent>,
  passes: readonly Pass[],
): RecordExposure | null {
  if (!seen.has('publish')) return null;
  const { pairs, contestedPairs, inFlightPairs, splitPairs } = exposure;
  // Where publishes were taken by themselves, only deliveries say what was in the bus.
  const contested = passes.length > 1 ? inFlightPairs : contestedPairs;
  return { pairs, contestedPairs: contested, atRiskPairs: seen.has('deliver') ? inFlightPairs : null, splitPairs };
}
