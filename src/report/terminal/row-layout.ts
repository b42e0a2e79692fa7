/**
 * Lays the table of rows out. Where there is room each column has a place of its own. Where there is not, every row takes
 * two lines and columns that belong together share a place: handled under published, pairs at risk under regressions,
 * lost under duplicates, the share under the misroutes, p99 under p50.
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
/** An outcome, which stands below the name, is 14 wide. */
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

/** A row is called by its short name. */
function longest(id: RowColumn): number {
  if (id === 'mode') return 0;
  return id === 'p50' || id === 'p99' ? 7 : 9;
}
