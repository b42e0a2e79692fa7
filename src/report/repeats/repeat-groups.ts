/**
 * Summarises the repeats of each row: how many were ordered, violated and inconclusive, and the bounds that follow.
 * Run, check and the reader of stored reports all compute the groups from the rows.
 */
import { mostRunsLosingOrder } from '../../domain/scenario/run-bound.js';
import type { RunGroup } from '../../domain/report/run-group.js';
import type { RunRow } from '../../domain/report/run-report.js';
import type { Outcome } from '../../domain/scenario/scenario.js';
import { clusterRate95 } from '../../statistics/cluster-rate.js';
import { groupRepeats, type RowGroup } from './row-order.js';

export function runGroups(rows: readonly RunRow[]): RunGroup[] {
  return groupRepeats(rows).map(runGroupOf);
}

/** @param group the repeats of one row */
export function runGroupOf({ label, rows }: RowGroup): RunGroup {
  const count = (wanted: Outcome): number => rows.filter(({ outcome }) => outcome === wanted).length;
  const [ordered, violated] = [count('ordered'), count('violated')];
  return {
    id: label,
    runs: rows.length,
    ordered,
    violated,
    inconclusive: count('inconclusive'),
    atMost: violated > 0 || ordered === 0 ? null : mostRunsLosingOrder(ordered),
    regressionRate: clusterRate95(
      rows.map(({ exposure }) => ({ events: exposure.invertedPairs, of: exposure.contestedPairs })),
    ),
  };
}
