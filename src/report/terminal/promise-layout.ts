/**
 * Lays out the table of promises: one line for each candidate, or on a narrow screen a few lines, with columns below
 * each other.
 */
import type { PromiseColumn } from '../view/comparison/promises-view.js';
import type { Table } from '../view/model/table.js';
import { breakName } from './name-lines.js';
import { apart, drawTable, type Place } from './table-layout.js';
import type { Screen } from './theme.js';

const nameWidths = [40, 31, 24, 20, 16];

const stacked: readonly Place<PromiseColumn>[] = [
  { ids: ['promises', 'orderOf'] },
  { ids: ['redelivery', 'crash', 'resize'] },
  { ids: ['rebalance', 'partitions'] },
];

export function drawPromises(table: Table<PromiseColumn>, screen: Screen): string[] {
  const { theme } = screen;
  const separate = apart(table.columns.map(({ id }) => id));
  const layoutOf = (nameWidth: number, places: readonly Place<PromiseColumn>[] = separate) => ({
    places,
    longest: () => Infinity,
    nameLines: (name: string) => breakName(name, nameWidth, theme.ellipsis),
    namePaint: theme.strong,
    leastGap: 2,
  });
  const layouts = nameWidths.map((nameWidth) => layoutOf(nameWidth));
  return drawTable(table, [...layouts, layoutOf(16, stacked)], screen);
}
