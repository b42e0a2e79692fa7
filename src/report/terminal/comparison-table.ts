/**
 * Sets candidates side by side, in two lines each: order above, what it is worth below; speed above, by the baseline
 * below. Those worth a thought carry a star, those that repair behind a fault a dagger.
 */
import type { Candidate, Ratio95 } from '../../domain/report/comparison.js';
import { breakLabel } from './columns.js';
import { formatCountWithin, formatMs, formatRate, unknownMark } from '../../text/numbers.js';
import { draw, gapsOf, type Cell, type Column } from './grid.js';
import { paintOf, type Paint, type Theme } from './theme.js';

export interface ComparisonTableOptions {
  readonly width: number;
  readonly theme: Theme;
  /** Name of the candidate that the others are measured by. */
  readonly baseline: string;
}

const countWidth = 7;
/** Names of most rows fit in so many columns, and a whole name is worth narrower gaps. */
const unbroken = 31;

export function renderComparisonTable(candidates: readonly Candidate[], options: ComparisonTableOptions): string[] {
  const { theme, width } = options;
  const hasOthers = candidates.some(({ others }) => others > 0);
  const labelWidths = [40, 31, 24, 20, 17, 15];
  for (const labelWidth of labelWidths) {
    const columns = columnsOf(options, labelWidth, hasOthers);
    const gaps = gapsOf(columns, candidates, width, labelWidth >= unbroken || labelWidth <= 15 ? 1 : 2);
    if (gaps !== null) return draw(columns, candidates, gaps, theme);
  }
  const columns = columnsOf(options, labelWidths.at(-1)!, hasOthers);
  return draw(columns, candidates, gapsOf(columns, candidates, width, 1) ?? columns.map(() => 1), theme);
}

function columnsOf(
  { theme, baseline }: ComparisonTableOptions,
  labelWidth: number,
  hasOthers: boolean,
): Column<Candidate>[] {
  const count = (value: number | null, paint?: Paint): Cell => ({
    text: theme.text(formatCountWithin(value, countWidth)),
    ...(paint !== undefined && { paint: value === 0 ? theme.faint : paint }),
  });
  return [
    {
      head: ['strategy', 'outcome'],
      align: 'left',
      lines: (one) => [
        ...breakLabel(one.name, labelWidth, theme.ellipsis).map((text) => ({ text, paint: theme.strong })),
        outcomeCell(one, theme),
      ],
    },
    {
      head: ['regress.', 'at risk'],
      align: 'right',
      lines: (one) => [count(one.regressions, theme.bad), count(one.atRiskPairs)],
    },
    {
      head: ['dupl.', 'lost'],
      align: 'right',
      lines: (one) => [count(one.duplicates, theme.bad), count(one.lost, theme.bad)],
    },
    ...(hasOthers
      ? [{ head: ['others'], align: 'right' as const, lines: (one: Candidate) => [count(one.others, theme.bad)] }]
      : []),
    {
      head: ['handled/s', 'by baseline'],
      align: 'right',
      lines: (one) => [
        { text: theme.text(formatRate(one.handledPerSecond, 9)) },
        { text: theme.text(one.name === baseline ? 'baseline' : speedText(one.relativeSpeed)) },
      ],
    },
    {
      head: ['p50 ms', 'p99 ms'],
      align: 'right',
      lines: ({ p50Ms, p99Ms }) => [p50Ms, p99Ms].map((ms) => ({ text: theme.text(formatMs(ms, countWidth)) })),
    },
    {
      head: ['running', 'held'],
      align: 'right',
      lines: ({ handlersMean, heldMax }) => [
        { text: theme.text(formatRate(handlersMean, countWidth)) },
        count(heldMax),
      ],
    },
  ];
}

function outcomeCell({ outcome, runs, runsOrdered, isParetoOptimal, repairs }: Candidate, theme: Theme): Cell {
  const of = outcome === 'ordered' ? runsOrdered : runs - runsOrdered;
  const share = runs > 1 ? ` ${String(of)}/${String(runs)}` : '';
  const marks = `${isParetoOptimal ? theme.star : ''}${repairs === 'behind a fault' ? theme.repair : ''}`;
  return {
    text: `${theme.signs[outcome]} ${outcome}${share}${marks === '' ? '' : ` ${marks}`}`,
    paint: paintOf(theme, outcome),
  };
}

/** `1.05 (1.02–1.08)`. */
export function speedText(speed: Ratio95 | null): string {
  if (speed === null) return unknownMark;
  const digits = (value: number): string => (value < 0.1 ? value.toFixed(3) : value.toFixed(2));
  if (speed.low95 === null || speed.high95 === null) return digits(speed.ratio);
  return `${digits(speed.ratio)} (${digits(speed.low95)}–${digits(speed.high95)})`;
}
