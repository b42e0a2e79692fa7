/** Names a row by its id, without the `#1` if no row of the report was repeated. */
import type { RunRow } from '../../domain/report/run-report.js';
import type { RowGroup } from '../repeats/row-order.js';

export interface RowNaming {
  readonly label: (row: RunRow) => string;
}

/** @param groups all rows of the report */
export function rowNaming(groups: readonly RowGroup[]): RowNaming {
  const isRepeated = groups.some(({ rows }) => rows.length > 1);
  return { label: ({ id }) => (isRepeated ? id : id.replace(/#\d+$/, '')) };
}
