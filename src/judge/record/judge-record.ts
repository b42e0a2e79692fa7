/**
 * Judges a record of a bus. `violated` if the record proves an anomaly; `inconclusive` if it proves none and leaves any
 * doubt; `ordered` only where it shows publishes, deliveries and an end, enough pairs were at risk, and nothing speaks
 * for luck. What the record does not show is not claimed, neither for the bus nor against it.
 */
import type { RecordCounts, RecordExposure } from '../../domain/record/record-report.js';
import type { RecordReason } from '../../domain/record/record-reason.js';
import { anomalyKinds, type AnomalyKind, type Outcome } from '../../domain/scenario/scenario.js';

export interface RecordToJudge {
  readonly counts: RecordCounts;
  readonly exposure: RecordExposure | null;
  /** What keeps a record without anomalies from being a pass. */
  readonly doubts: readonly RecordReason[];
  readonly badLines: number;
  readonly interrupted: boolean;
  /** Kinds that are counted and do not decide. */
  readonly allow: readonly AnomalyKind[];
  readonly minAtRisk: number;
}

export function judgeRecord(record: RecordToJudge): {
  readonly outcome: Outcome;
  readonly reasons: readonly RecordReason[];
} {
  const { counts, exposure, allow, minAtRisk: wanted } = record;
  const anomalies = anomaliesOf(counts).filter(({ of }) => !allow.includes(of));
  const cutShort: RecordReason[] = [
    ...(record.interrupted ? [{ kind: 'interrupted' } as const] : []),
    ...(record.badLines > 0 ? [{ kind: 'bad-lines', count: record.badLines } as const] : []),
  ];
  if (anomalies.length > 0) return { outcome: 'violated', reasons: [...anomalies, ...cutShort] };
  const atRiskPairs = exposure?.atRiskPairs ?? null;
  const stakeKnown = !record.doubts.some(({ kind }) => kind === 'stake-unknown' || kind === 'empty');
  const reasons: RecordReason[] = [
    ...cutShort,
    ...record.doubts,
    ...(stakeKnown && atRiskPairs !== null && atRiskPairs < wanted
      ? [{ kind: 'too-few-at-risk', atRiskPairs, wanted } as const]
      : []),
  ];
  return { outcome: reasons.length > 0 ? 'inconclusive' : 'ordered', reasons };
}

type Anomaly = Extract<RecordReason, { readonly kind: 'anomaly' }>;

/** In the order of the kinds, as a report names them. */
function anomaliesOf(counts: RecordCounts): Anomaly[] {
  const counted: Readonly<Record<AnomalyKind, number | null>> = {
    regression: counts.regressions,
    duplicate: counts.duplicates,
    loss: counts.lost,
    phantom: counts.phantoms,
    'store-inversion': counts.storeInversions,
    'split-key': counts.splitKeys,
    overlap: counts.overlaps,
    'completion-inversion': counts.completionInversions,
  };
  return anomalyKinds.flatMap((of): Anomaly[] => {
    const count = counted[of];
    return count === null || count === 0 ? [] : [{ kind: 'anomaly', of, count }];
  });
}
