/**
 * Counts the violations of a run: the sum of the deciding kinds of anomaly that the scenario does not allow. Gaps,
 * misroutes, descents, the naive count, unseen events and duplicates of handlings without effect are evidence and never
 * decide.
 */
import { anomalyKinds, type AnomalyKind } from '../scenario/scenario.js';
import type { Counts } from './verdict.js';

export type DecidingCounts = Omit<Counts, 'violations'>;

/** The count of each deciding kind, in the order of the kinds, as a report names them. */
export function decidingAnomalies(counts: DecidingCounts): readonly (readonly [kind: AnomalyKind, count: number])[] {
  const counted: Readonly<Record<AnomalyKind, number>> = {
    regression: counts.regressions,
    duplicate: counts.duplicates.total - counts.duplicates.redone,
    loss: counts.lost,
    phantom: counts.phantoms,
    'store-inversion': counts.storeInversions,
    'split-key': counts.splitKeys,
    overlap: counts.overlaps,
    'completion-inversion': counts.completionInversions,
  };
  return anomalyKinds.map((kind) => [kind, counted[kind]] as const);
}

export function violationsOf(counts: DecidingCounts, allow: readonly AnomalyKind[]): number {
  return decidingAnomalies(counts).reduce((sum, [kind, count]) => (allow.includes(kind) ? sum : sum + count), 0);
}
