/**
 * Lays the table of a comparison out: candidates side by side in two lines each, order above and what it is worth below,
 * speed above and by the baseline below.
 */
import type { CandidateColumn } from '../view/comparison/candidates-view.js';
import type { Row, Table } from '../view/model/table.js';
import { breakName } from './name-lines.js';
import { drawTable, type Place } from './table-layout.js';
import type { Screen } from './theme.js';

const places: readonly Place<CandidateColumn>[] = [
  { ids: ['strategy', 'outcome'] },
  { ids: ['regressions', 'atRisk'] },
  { ids: ['duplicates', 'lost'] },
  { ids: ['others'] },
  { ids: ['handledPerSecond', 'byBaseline'] },
  { ids: ['p50', 'p99'] },
  { ids: ['running', 'held'] },
];

/** Names of most rows fit in 31 columns, and a whole name is worth narrower gaps; at last there is no other way. */
const candidateNames = [
  { nameWidth: 40, leastGap: 1 },
  { nameWidth: 31, leastGap: 1 },
  { nameWidth: 24, leastGap: 2 },
  { nameWidth: 20, leastGap: 2 },
  { nameWidth: 17, leastGap: 2 },
  { nameWidth: 15, leastGap: 1 },
];

export function drawCandidates(table: Table<CandidateColumn>, screen: Screen): string[] {
  const { theme } = screen;
  const layoutOf = ({ nameWidth, leastGap }: { nameWidth: number; leastGap: number }) => ({
    places,
    longest,
    nameLines: (name: string) => breakName(name, nameWidth, theme.ellipsis),
    namePaint: theme.strong,
    leastGap,
  });
  const rows = table.rows.map(withMarksAtOutcome);
  return drawTable({ ...table, rows }, candidateNames.map(layoutOf), screen);
}

/** An outcome takes the width of the longest one: how many runs came out so is written short. */
function longest(id: CandidateColumn): number {
  if (id === 'strategy') return Infinity;
  if (id === 'outcome') return 'inconclusive'.length;
  return id === 'handledPerSecond' || id === 'byBaseline' ? 9 : 7;
}

/** Behind the outcome, where a line has room, rather than behind the name. */
function withMarksAtOutcome(row: Row<CandidateColumn>): Row<CandidateColumn> {
  const { marks = [], ...strategy } = row.strategy;
  return { ...row, strategy, outcome: { ...row.outcome, marks } };
}
