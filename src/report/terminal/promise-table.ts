/**
 * Sets side by side what each candidate promises: whose order it keeps, and through what. What cannot happen on its broker
 * is a dash, and has no column where it can happen on none. What it costs follows, a strategy once.
 */
import type { Candidate } from '../../domain/report/comparison.js';
import { threatsOn } from '../../domain/scenario/survival.js';
import { breakLabel } from './columns.js';
import { unknownMark } from '../../text/numbers.js';
import { draw, gapsOf, type Cell, type Column } from './grid.js';
import { renderEntries } from './line-wrapping.js';
import { printable } from '../../text/printable.js';
import type { Theme } from './theme.js';

export interface PromiseTableOptions {
  readonly width: number;
  readonly theme: Theme;
}

const labelWidths = [40, 31, 24, 20, 16];

export function renderPromises(candidates: readonly Candidate[], { width, theme }: PromiseTableOptions): string[] {
  for (const labelWidth of labelWidths) {
    const columns = columnsOf(candidates, labelWidth, theme);
    const gaps = gapsOf(columns, candidates, width, 2);
    if (gaps !== null) return draw(columns, candidates, gaps, theme);
  }
  const columns = columnsOf(candidates, labelWidths.at(-1)!, theme);
  return draw(columns, candidates, gapsOf(columns, candidates, width, 1) ?? columns.map(() => 1), theme);
}

const orders = {
  total: 'all events',
  'per-aggregate': 'each aggregate',
  'per-aggregate, first pass': 'first deliveries',
  'per-partition': 'each partition',
  none: 'nothing',
} as const satisfies Record<Candidate['guarantee']['order'], string>;

function columnsOf(candidates: readonly Candidate[], labelWidth: number, theme: Theme): Column<Candidate>[] {
  const kafka = candidates.find(({ broker }) => threatsOn(broker).includes('rebalance'));
  const threats = threatsOn((kafka ?? candidates[0])?.broker ?? '');
  return [
    {
      head: ['promises'],
      align: 'left',
      lines: ({ name }) => breakLabel(name, labelWidth, theme.ellipsis).map((text) => ({ text, paint: theme.strong })),
    },
    { head: ['order of'], align: 'left', lines: ({ guarantee }) => [{ text: orders[guarantee.order] }] },
    ...threats.map((threat): Column<Candidate> => ({
      head: [threat],
      align: 'left',
      lines: ({ broker, guarantee: { order, survives } }) => [
        order === 'none' || !threatsOn(broker).includes(threat)
          ? { text: theme.text(unknownMark), paint: theme.faint }
          : answer(survives[threat], theme),
      ],
    })),
  ];
}

function answer(survives: boolean, theme: Theme): Cell {
  return survives ? { text: 'yes', paint: theme.ok } : { text: 'no', paint: theme.unsure };
}

/** In the order of the candidates, each strategy once. */
export function renderCosts(candidates: readonly Candidate[], { width, theme }: PromiseTableOptions): string[] {
  const costs = new Map(candidates.map(({ strategy, costs: text }) => [strategy, text]));
  return renderEntries(
    [...costs].map(([strategy, text]) => ({
      name: theme.strong(printable(strategy)),
      text: theme.text(printable(text)),
    })),
    { width, widestName: 20 },
  );
}
