/** Lays out the table of promises: one line for each candidate, each column in a place of its own. */
import type { PromiseColumn } from '../view/comparison/promises-view.js';
import type { Table } from '../view/model/table.js';
import { breakName } from './name-lines.js';
import { drawTable } from './table-layout.js';
import type { Screen } from './theme.js';

const nameWidths = [40, 31, 24, 20, 16];

export function drawPromises(table: Table<PromiseColumn>, screen: Screen): string[] {
  const { theme } = screen;
  const layoutOf = (nameWidth: number) => ({
    places: table.columns.map(({ id }) => ({ ids: [id] })),
    longest: () => Infinity,
    nameLines: (name: string) => breakName(name, nameWidth, theme.ellipsis),
    namePaint: theme.strong,
    leastGap: 2,
  });
  return drawTable(table, nameWidths.map(layoutOf), screen);
}
