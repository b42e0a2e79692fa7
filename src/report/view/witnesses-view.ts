/**
 * Shows the witnesses of causes: for each cause of the worst run of every row one anomaly stage by stage, the worst that
 * the cause explains. The report has further ones.
 */
import { traitsOf } from '../../domain/broker/registry.js';
import type { Cause, RunRow } from '../../domain/report/run-report.js';
import { worstOf, type RowGroup } from '../repeats/row-order.js';
import { witnessLines, type WitnessLine } from '../words/witness-text.js';
import type { RowNaming } from './row-naming.js';

export interface WitnessView {
  readonly title: string;
  /** One for each stage, in the order of the stages. */
  readonly lines: readonly WitnessLine[];
}

/** One for each cause that has a witness. */
export function witnessesView(groups: readonly RowGroup[], naming: RowNaming): WitnessView[] {
  return groups.flatMap(({ rows: [first, ...others] }) => {
    if (first === undefined) return [];
    const worst = worstOf([first, ...others]);
    return worst.causes.flatMap((cause) => witnessOf(cause, worst, `Witness of ${cause.id} in ${naming.label(worst)}`));
  });
}

/** The worst anomaly that the cause explains; none if it has no witness. */
export function witnessOf({ witnesses }: Cause, row: RunRow, title: string): WitnessView[] {
  const [worst] = witnesses;
  if (worst === undefined) return [];
  const countsOffsets = traitsOf(row.broker.kind).logs === 'per topic';
  return [{ title, lines: witnessLines(worst, countsOffsets) }];
}
