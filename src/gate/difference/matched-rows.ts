/**
 * Matches the rows of two reports: first those of one broker, mode, strategy and point of a sweep; then, of those left,
 * the ones of one name, whose broker or strategy then differs.
 */
import type { RunRow } from '../../domain/report/run-report.js';
import { groupRepeats, type RowGroup } from '../../report/repeats/row-order.js';
import { rowKeysOf } from '../gated-rows.js';

export interface MatchedRows {
  readonly pairs: readonly { readonly a: RowGroup; readonly b: RowGroup }[];
  readonly onlyA: readonly RowGroup[];
  readonly onlyB: readonly RowGroup[];
}

export function matchedRows(a: readonly RunRow[], b: readonly RunRow[]): MatchedRows {
  const left = groupRepeats(a);
  const groups = groupRepeats(b);
  const take = (fits: (group: RowGroup) => boolean): RowGroup | undefined => {
    const at = left.findIndex(fits);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const exact = new Map(groups.map((group) => [group, take((other) => keyOf(other) === keyOf(group))]));
  const matched = groups.map((group) => ({
    b: group,
    a: exact.get(group) ?? take((other) => other.label === group.label),
  }));
  return {
    pairs: matched.flatMap(({ a: found, b: group }) => (found === undefined ? [] : [{ a: found, b: group }])),
    onlyA: left,
    onlyB: matched.filter(({ a: found }) => found === undefined).map(({ b: group }) => group),
  };
}

/** The most specific name of a row, which does not depend on the other rows of its report, and its point of a sweep. */
function keyOf({ rows }: RowGroup): string {
  const { point } = rows[0]!;
  const [key = ''] = rowKeysOf(rows[0]!);
  return point === null ? key : `${key}@${point.field}=${point.value}`;
}
