/** Shows how order and cost grow with a setting: one table a row of the scenario, a line a value. */
import type { SweepFigures, SweepSeries } from '../../domain/scenario/sweep.js';
import { formatCountWithin, formatMs, formatRate } from '../../text/numbers.js';
import { draw, gapsOf, type Cell, type Column } from './grid.js';
import { shortened } from './line-wrapping.js';
import { printable } from '../../text/printable.js';
import { paintOf, type Theme } from './theme.js';

export interface SweepTableOptions {
  readonly width: number;
  readonly theme: Theme;
}

const countWidth = 7;
const widestValue = 16;

export function renderSweeps(sweeps: readonly SweepSeries[], options: SweepTableOptions): string[][] {
  return sweeps.map((series) => renderSeries(series, options));
}

function renderSeries({ field, name, points }: SweepSeries, { width, theme }: SweepTableOptions): string[] {
  const columns = columnsOf(field, theme);
  const gaps = gapsOf(columns, points, width, 1) ?? columns.map(() => 1);
  return [`${theme.strong(printable(name))} by ${printable(field)}`, ...draw(columns, points, gaps, theme)];
}

function columnsOf(field: string, theme: Theme): Column<SweepFigures>[] {
  const right = (head: string, cell: (point: SweepFigures) => Cell): Column<SweepFigures> => ({
    head: [head],
    align: 'right',
    lines: (point) => [cell(point)],
  });
  const plain = (text: string): Cell => ({ text: theme.text(text) });
  return [
    right(shortened(printable(field), widestValue, theme.ellipsis), ({ value }) =>
      plain(shortened(printable(value), widestValue, theme.ellipsis)),
    ),
    {
      head: ['outcome'],
      align: 'left',
      lines: ({ outcome }) => [{ text: `${theme.signs[outcome]} ${outcome}`, paint: paintOf(theme, outcome) }],
    },
    right('regress.', ({ regressionsPerRun }) => ({
      text: theme.text(formatRate(regressionsPerRun?.value ?? null, countWidth)),
      paint: regressionsPerRun?.value === 0 ? theme.faint : theme.bad,
    })),
    right('at risk', ({ atRiskPairs }) => plain(formatCountWithin(atRiskPairs, countWidth))),
    right('handled/s', ({ handledPerSecond }) => plain(formatRate(handledPerSecond, 9))),
    right('p50 ms', ({ p50Ms }) => plain(formatMs(p50Ms, countWidth))),
    right('p99 ms', ({ p99Ms }) => plain(formatMs(p99Ms, countWidth))),
    right('running', ({ handlersMean }) => plain(formatRate(handlersMean, countWidth))),
    right('held', ({ heldMax }) => plain(formatCountWithin(heldMax, countWidth))),
  ];
}
