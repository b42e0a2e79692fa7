/** Lays out the table of one swept row: one line for each value, with fewer figures on a narrower screen. */
import type { SweepColumn, SeriesView } from '../view/comparison/sweeps-view.js';
import { shortened } from './line-wrapping.js';
import { apart, drawTable } from './table-layout.js';
import type { Screen } from './theme.js';

const widestValue = 16;

/** The columns that a narrower screen does without, one more in each step. */
const spared: readonly (readonly SweepColumn[])[] = [
  [],
  ['running'],
  ['running', 'held', 'p50'],
  ['running', 'held', 'p50', 'atRisk'],
  ['running', 'held', 'p50', 'atRisk', 'p99'],
];

export function drawSeries({ table }: SeriesView, screen: Screen): string[] {
  const { theme } = screen;
  const layouts = spared.map((without) => ({
    places: apart(table.columns.map(({ id }) => id).filter((id) => !without.includes(id))),
    longest,
    nameLines: (value: string) => [shortened(value, widestValue, theme.ellipsis)],
    leastGap: 1,
  }));
  return drawTable(table, layouts, screen);
}

function longest(id: SweepColumn): number {
  if (id === 'value' || id === 'outcome') return Infinity;
  return id === 'handledPerSecond' ? 9 : 7;
}
