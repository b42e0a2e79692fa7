/**
 * Lays out the table of rows. On a wide screen each column has a place of its own. At 80 columns each row takes one
 * line, with the figures that decide; with all details it takes two, with two related columns in a place. Narrower
 * screens show fewer figures, below each other.
 */
import type { RowColumn } from '../view/row-cells.js';
import type { Table } from '../view/model/table.js';
import { breakName } from './name-lines.js';
import { apart, drawTable, type Layout, type Place } from './table-layout.js';
import type { Screen, Theme } from './theme.js';

const separate: readonly Place<RowColumn>[] = [
  ...apart<RowColumn>(['mode', 'outcome', 'published', 'handled', 'regressions', 'duplicates', 'lost', 'others']),
  { ids: ['misroutes'], beside: 'misrouteShare' },
  ...apart<RowColumn>(['atRisk', 'clock', 'handledPerSecond', 'p50', 'p99']),
];

/** One line for each row, with what decides, how much was at stake, and what it costs. */
const deciding = apart<RowColumn>([
  'mode',
  'outcome',
  'regressions',
  'atRisk',
  'duplicates',
  'lost',
  'others',
  'clock',
  'handledPerSecond',
  'p50',
  'p99',
]);

const withoutMedian = deciding.filter(({ ids }) => !ids.includes('p50'));

/** All columns at 80 columns: handled below published, pairs at risk below regressions, and so on. */
const shared: readonly Place<RowColumn>[] = [
  { ids: ['mode', 'outcome'] },
  { ids: ['published', 'handled'] },
  { ids: ['regressions', 'atRisk'] },
  { ids: ['duplicates', 'lost'] },
  { ids: ['misroutes', 'misrouteShare'] },
  { ids: ['handledPerSecond', 'others'] },
  { ids: ['clock'] },
  { ids: ['p50', 'p99'] },
];

const stacked: readonly Place<RowColumn>[] = [
  { ids: ['mode', 'outcome'] },
  { ids: ['regressions', 'atRisk'] },
  { ids: ['duplicates', 'lost'] },
  { ids: ['others', 'clock'] },
  { ids: ['handledPerSecond', 'p99'] },
];

const narrowest: readonly Place<RowColumn>[] = [
  { ids: ['mode', 'outcome'] },
  { ids: ['regressions', 'atRisk'] },
  { ids: ['handledPerSecond', 'p99'] },
];

type Tried = Omit<Layout<RowColumn>, 'nameLines' | 'longest' | 'namePaint'> & {
  readonly nameWidth: number;
  readonly longestFigure: number;
};

const wide: Tried = { places: separate, nameWidth: 48, leastGap: 2, titles: 'full', longestFigure: 9 };

const stackedOnes: readonly Tried[] = [
  ...[20, 15].map((nameWidth) => ({ places: stacked, nameWidth, leastGap: 1, longestFigure: 9 })),
  ...[16, 13].map((nameWidth) => ({ places: narrowest, nameWidth, leastGap: 1, longestFigure: 6 })),
];

const inShort: readonly Tried[] = [
  wide,
  ...[deciding, withoutMedian].flatMap((places) =>
    [31, 24, 17].map((nameWidth) => ({ places, nameWidth, leastGap: 1, longestFigure: 9 })),
  ),
  { places: withoutMedian, nameWidth: 17, leastGap: 1, longestFigure: 6 },
  ...stackedOnes,
];

const inDetail: readonly Tried[] = [
  wide,
  ...[30, 24, 20, 17, 15].map((nameWidth) => ({ places: shared, nameWidth, leastGap: 1, longestFigure: 9 })),
  ...stackedOnes,
];

export function drawRows(
  table: Table<RowColumn>,
  screen: Screen,
  { details }: { readonly details: boolean },
): string[] {
  const layouts = details ? inDetail : inShort;
  return drawTable(
    table,
    layouts.map((tried) => layoutOf(tried, screen.theme)),
    screen,
  );
}

function layoutOf({ nameWidth, longestFigure, ...layout }: Tried, theme: Theme): Layout<RowColumn> {
  return {
    ...layout,
    longest: (id) => longestOf(id, longestFigure),
    nameLines: (name) => breakName(name, nameWidth, theme.ellipsis),
    namePaint: theme.strong,
  };
}

/** A name is always written short (0), an outcome in full, a figure short if it has more characters than this. */
function longestOf(id: RowColumn, longestFigure: number): number {
  if (id === 'mode') return 0;
  if (id === 'outcome') return Infinity;
  return id === 'p50' || id === 'p99' ? Math.min(7, longestFigure) : longestFigure;
}
