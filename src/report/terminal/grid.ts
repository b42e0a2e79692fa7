/**
 * Draws columns side by side, each as wide as its widest cell, with gaps as wide as the terminal allows. A cell may
 * have several lines. No line is wider than the terminal, if the columns fit at all.
 */
import Table from 'cli-table3';
import { stringWidth } from './line-wrapping.js';
import type { Paint, Theme } from './theme.js';

/** A column: its heading and, for each row, as many lines as the heading has. */
export interface GridColumn<Row> {
  readonly head: readonly string[];
  /** A word above the heading. */
  readonly over?: string;
  readonly align: 'left' | 'right';
  readonly lines: (row: Row) => readonly GridCell[];
}

export interface GridCell {
  readonly text: string;
  readonly paint?: Paint;
}

function painted({ text, paint }: GridCell): string {
  return paint === undefined || text === '' ? text : paint(text);
}

function widthOf<Row>(column: GridColumn<Row>, rows: readonly Row[]): number {
  const texts = [
    column.over ?? '',
    ...column.head,
    ...rows.flatMap((row) => column.lines(row).map((cell) => cell.text)),
  ];
  return texts.reduce((most, text) => Math.max(most, stringWidth(text)), 0);
}

const widestGap = 3;

/** The gap before each column, as wide as the terminal allows, up to 3; null if a gap would be less than `least`. */
export function gapsOf<Row>(
  columns: readonly GridColumn<Row>[],
  rows: readonly Row[],
  width: number,
  least: number,
): number[] | null {
  const content = columns.reduce((sum, column) => sum + widthOf(column, rows), 0);
  const places = columns.length - 1;
  const room = Math.min(width - content, places * widestGap);
  if (room < places * least) return null;
  const each = Math.floor(room / places);
  return columns.map((_, index) => (index === 0 ? 0 : each + (index <= room - places * each ? 1 : 0)));
}

export function draw<Row>(
  columns: readonly GridColumn<Row>[],
  rows: readonly Row[],
  gaps: readonly number[],
  theme: Theme,
): string[] {
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

/** A column's heading with a rule below, padded at its top to the height of the highest heading. */
function headOf<Row>(
  column: GridColumn<Row>,
  columns: readonly GridColumn<Row>[],
  rows: readonly Row[],
  theme: Theme,
): string[] {
  const height = Math.max(...columns.map((other) => other.head.length));
  const above = columns.some(({ over }) => over !== undefined) ? [column.over ?? ''] : [];
  const padding = Array.from({ length: height - column.head.length }, () => '');
  return [
    ...above.map((text) => (text === '' ? '' : theme.tones.aside(text))),
    ...padding,
    ...column.head.map((text) => (text === '' ? '' : theme.strong(text))),
    theme.tones.aside(theme.rule.repeat(widthOf(column, rows))),
  ];
}

/** Up to so many rows of two lines are separated by empty lines; more rows are not. */
const rowsKeptApart = 8;

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
