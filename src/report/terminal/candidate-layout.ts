/**
 * Lays out the table of a comparison. On a wide screen each column has a place of its own. At 80 columns each candidate
 * takes one line, without the columns that hold nothing but zeros; with all details it takes two, with related figures
 * one below the other, such as regressions above pairs at risk, and handled/s above its ratio to the baseline.
 */
import type { CandidateColumn } from '../view/comparison/candidates-view.js';
import type { Row, Table } from '../view/model/table.js';
import { breakName } from './name-lines.js';
import { apart, drawTable, type Layout, type Place } from './table-layout.js';
import type { Screen } from './theme.js';

const separate = apart<CandidateColumn>([
  'strategy',
  'outcome',
  'regressions',
  'atRisk',
  'duplicates',
  'lost',
  'others',
  'probe',
  'handledPerSecond',
  'byBaseline',
  'p50',
  'p99',
  'running',
  'held',
]);

const deciding = apart<CandidateColumn>([
  'strategy',
  'ordered',
  'regressions',
  'duplicates',
  'lost',
  'others',
  'probe',
  'handledPerSecond',
  'byBaseline',
  'p99',
  'held',
]);

const shared: readonly Place<CandidateColumn>[] = [
  { ids: ['strategy', 'outcome'] },
  { ids: ['regressions', 'atRisk'] },
  { ids: ['duplicates', 'lost'] },
  { ids: ['others'] },
  { ids: ['probe'] },
  { ids: ['handledPerSecond', 'byBaseline'] },
  { ids: ['p50', 'p99'] },
  { ids: ['running', 'held'] },
];

const narrowest: readonly Place<CandidateColumn>[] = [
  { ids: ['strategy', 'ordered'] },
  { ids: ['regressions'] },
  { ids: ['handledPerSecond', 'p99'] },
];

interface Tried extends Pick<Layout<CandidateColumn>, 'places' | 'leastGap' | 'titles' | 'hidesZeros'> {
  readonly nameWidth: number;
  /** The most characters of the ratio to the baseline, which has its interval where there is room. */
  readonly longestRatio?: number;
}

const wide: Tried = { places: separate, nameWidth: 48, leastGap: 2, titles: 'full', longestRatio: Infinity };

const without = (...ids: readonly CandidateColumn[]): readonly Place<CandidateColumn>[] =>
  deciding.filter((place) => !place.ids.some((id) => ids.includes(id)));

const inShort: readonly Tried[] = [
  wide,
  { places: deciding, nameWidth: 48, leastGap: 1, longestRatio: Infinity, hidesZeros: true },
  { places: deciding, nameWidth: 31, leastGap: 1, longestRatio: 7, hidesZeros: true },
  { places: without('held'), nameWidth: 31, leastGap: 1, longestRatio: 7, hidesZeros: true },
  { places: without('held', 'p99'), nameWidth: 31, leastGap: 1, longestRatio: 7, hidesZeros: true },
  { places: without('held', 'p99'), nameWidth: 24, leastGap: 1, longestRatio: 7, hidesZeros: true },
  { places: without('held', 'p99'), nameWidth: 17, leastGap: 1, longestRatio: 7, hidesZeros: true },
  { places: narrowest, nameWidth: 24, leastGap: 1 },
  { places: narrowest, nameWidth: 17, leastGap: 1 },
];

const inDetail: readonly Tried[] = [
  wide,
  ...[40, 31].map((nameWidth) => ({ places: shared, nameWidth, leastGap: 1 })),
  ...[24, 20, 17].map((nameWidth) => ({ places: shared, nameWidth, leastGap: 2 })),
  { places: shared, nameWidth: 15, leastGap: 1 },
  ...[24, 17].map((nameWidth) => ({ places: narrowest, nameWidth, leastGap: 1 })),
];

export function drawCandidates(
  table: Table<CandidateColumn>,
  screen: Screen,
  { details }: { readonly details: boolean },
): string[] {
  const { theme } = screen;
  const layoutOf = ({ nameWidth, longestRatio = 9, ...layout }: Tried): Layout<CandidateColumn> => ({
    ...layout,
    longest: (id) => (id === 'byBaseline' ? longestRatio : longest(id)),
    nameLines: (name) => breakName(name, nameWidth, theme.ellipsis),
    namePaint: theme.strong,
  });
  const rows = table.rows.map(withMarksAtOutcome);
  return drawTable({ ...table, rows }, (details ? inDetail : inShort).map(layoutOf), screen);
}

/** An outcome longer than the bare word is written short, as are figures with more characters than this. */
function longest(id: CandidateColumn): number {
  if (id === 'strategy') return Infinity;
  if (id === 'outcome') return 'inconclusive'.length;
  return id === 'handledPerSecond' ? 9 : 7;
}

/** Moves the marks from the name to the outcome, whose line has room for them. */
function withMarksAtOutcome(row: Row<CandidateColumn>): Row<CandidateColumn> {
  const { marks = [], ...strategy } = row.strategy;
  return { ...row, strategy, outcome: { ...row.outcome, marks }, ordered: { ...row.ordered, marks } };
}
