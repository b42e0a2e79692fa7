/**
 * Lays out the table of a comparison: two lines for each candidate, with related figures one below the other, such as
 * regressions above pairs at risk, and handled/s above its ratio to the baseline.
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
  { ids: ['probe'] },
  { ids: ['handledPerSecond', 'byBaseline'] },
  { ids: ['p50', 'p99'] },
  { ids: ['running', 'held'] },
];

/** Layouts to try, the widest first. Most names fit into 31 columns, and an unbroken name is worth narrower gaps. */
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

/** An outcome longer than the bare word is written short, as are figures with more characters than this. */
function longest(id: CandidateColumn): number {
  if (id === 'strategy') return Infinity;
  if (id === 'outcome') return 'inconclusive'.length;
  return id === 'handledPerSecond' || id === 'byBaseline' ? 9 : 7;
}

/** Moves the marks from the name to the outcome, whose line has room for them. */
function withMarksAtOutcome(row: Row<CandidateColumn>): Row<CandidateColumn> {
  const { marks = [], ...strategy } = row.strategy;
  return { ...row, strategy, outcome: { ...row.outcome, marks } };
}
