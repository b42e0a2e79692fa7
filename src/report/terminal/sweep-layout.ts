/** Lays out the table of one swept row: one line for each value, each column in a place of its own. */
import type { SweepColumn, SeriesView } from '../view/comparison/sweeps-view.js';
import { shortened } from './line-wrapping.js';
import { drawTable } from './table-layout.js';
import type { Screen } from './theme.js';

const widestValue = 16;

export function drawSeries({ table }: SeriesView, screen: Screen): string[] {
  const { theme } = screen;
  const layout = {
    places: table.columns.map(({ id }) => ({ ids: [id] })),
    longest,
    nameLines: (value: string) => [shortened(value, widestValue, theme.ellipsis)],
    leastGap: 1,
  };
  return drawTable(table, [layout], screen);
}

function longest(id: SweepColumn): number {
  if (id === 'value' || id === 'outcome') return Infinity;
  return id === 'handledPerSecond' ? 9 : 7;
}
