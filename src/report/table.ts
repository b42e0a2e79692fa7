/**
 * How do a dozen columns fit a terminal? Where there is room each has a column of its own. Where there is not, every
 * row takes two lines and columns that belong together share one: handled under published, contested pairs under
 * regressions, lost under duplicates, the share under the misroutes, p99 under p50. Numbers that would still be too
 * wide are shortened (`1.2M`), names are broken at their own joints. No line is ever wider than the terminal.
 */
import Table from 'cli-table3';
import type { RunRow } from '../domain/run-report.js';
import { painted, separateColumns, sharedColumns, widthOf, type Column, type RowNaming } from './columns.js';
import type { Theme } from './theme.js';

export interface TableOptions extends RowNaming {
  /** Columns of the terminal, 80 or more. */
  readonly width: number;
}

export function renderTable(rows: readonly RunRow[], options: TableOptions): string[] {
  const { theme, width } = options;
  const separate = separateColumns(options, rows);
  const gaps = gapsOf(separate, rows, width, 2);
  if (gaps !== null) return draw(separate, rows, gaps, theme);
  for (const labelWidth of [30, 24, 20, 17, 15]) {
    const shared = sharedColumns(options, rows, labelWidth);
    const sharedGaps = gapsOf(shared, rows, width, 1);
    if (sharedGaps !== null) return draw(shared, rows, sharedGaps, theme);
  }
  const narrowest = sharedColumns(options, rows, 15);
  return draw(narrowest, rows, gapsOf(narrowest, rows, width, 1) ?? narrowest.map(() => 1), theme);
}

const widestGap = 3;

/** The gap before each column, as wide as the terminal allows; null if there is no room for `least` everywhere. */
function gapsOf(columns: readonly Column[], rows: readonly RunRow[], width: number, least: number): number[] | null {
  const content = columns.reduce((sum, column) => sum + widthOf(column, rows), 0);
  const places = columns.length - 1;
  const room = Math.min(width - content, places * widestGap);
  if (room < places * least) return null;
  const each = Math.floor(room / places);
  return columns.map((_, index) => (index === 0 ? 0 : each + (index <= room - places * each ? 1 : 0)));
}

function draw(columns: readonly Column[], rows: readonly RunRow[], gaps: readonly number[], theme: Theme): string[] {
  const table = new Table({
    chars: borderless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: columns.map((column) => column.align),
  });
  const cell = (lines: readonly string[], index: number): Table.CellOptions => ({
    content: lines.join('\n'),
    style: { 'padding-left': gaps[index]! },
  });
  const apart = columns[0]!.head.length > 1 && rows.length <= rowsKeptApart;
  table.push(
    columns.map((column, index) => cell(headOf(column, columns, rows, theme), index)),
    ...rows.map((row, rowIndex) =>
      columns.map((column, index) => {
        const lines = column.lines(row).map(painted);
        return cell(apart && rowIndex > 0 ? ['', ...lines] : lines, index);
      }),
    ),
  );
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

/** A column's heading with a rule below, as many lines high as the highest. */
function headOf(column: Column, columns: readonly Column[], rows: readonly RunRow[], theme: Theme): string[] {
  const height = Math.max(...columns.map((other) => other.head.length));
  const lines = Array.from({ length: height }, (_, line) => column.head[line] ?? '');
  return [
    ...lines.map((text) => (text === '' ? '' : theme.strong(text))),
    theme.faint(theme.rule.repeat(widthOf(column, rows))),
  ];
}

/** Up to so many rows of two lines have an empty line between them; more are kept short. */
const rowsKeptApart = 6;

const borderless: Partial<Record<Table.CharName, string>> = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
