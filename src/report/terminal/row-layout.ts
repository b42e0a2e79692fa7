/**
 * Lays out the table of rows. If the screen is wide enough, each column has a place of its own. Otherwise every row
 * takes two lines, and two related columns share a place: handled below published, pairs at risk below regressions,
 * lost below duplicates, the share below misroutes, p99 below p50.
 */
import type { RowColumn } from '../view/rows-view.js';
import type { Table } from '../view/model/table.js';
import { breakName } from './name-lines.js';
import { drawTable, type Layout, type Place } from './table-layout.js';
import type { Screen, Theme } from './theme.js';

const separate: readonly Place<RowColumn>[] = [
  { ids: ['mode'] },
  { ids: ['outcome'] },
  { ids: ['published'] },
  { ids: ['handled'] },
  { ids: ['regressions'] },
  { ids: ['duplicates'] },
  { ids: ['lost'] },
  { ids: ['others'] },
  { ids: ['misroutes'], beside: 'misrouteShare' },
  { ids: ['atRisk'] },
  { ids: ['handledPerSecond'] },
  { ids: ['p50'] },
  { ids: ['p99'] },
];

const shared: readonly Place<RowColumn>[] = [
  { ids: ['mode', 'outcome'] },
  { ids: ['published', 'handled'] },
  { ids: ['regressions', 'atRisk'] },
  { ids: ['duplicates', 'lost'] },
  { ids: ['misroutes', 'misrouteShare'] },
  { ids: ['handledPerSecond', 'others'] },
  { ids: ['p50', 'p99'] },
];

const separateNameWidth = 48;
/** The widths of names to try. An outcome stands below the name and needs 14 columns. */
const sharedNameWidths = [30, 24, 20, 17, 15];

export function drawRows(table: Table<RowColumn>, screen: Screen): string[] {
  const { theme } = screen;
  return drawTable(
    table,
    [
      layoutOf(separate, separateNameWidth, 2, theme),
      ...sharedNameWidths.map((nameWidth) => layoutOf(shared, nameWidth, 1, theme)),
    ],
    screen,
  );
}

function layoutOf(
  places: readonly Place<RowColumn>[],
  nameWidth: number,
  leastGap: number,
  theme: Theme,
): Layout<RowColumn> {
  return {
    places,
    longest,
    nameLines: (name) => breakName(name, nameWidth, theme.ellipsis),
    namePaint: theme.strong,
    leastGap,
  };
}

/** A name is always written short (0), a figure if it has more characters than this. */
function longest(id: RowColumn): number {
  if (id === 'mode') return 0;
  return id === 'p50' || id === 'p99' ? 7 : 9;
}
