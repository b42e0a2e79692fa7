/**
 * Lays out a table of the view for the terminal. Each place on the screen takes one column of the table, or two related
 * ones, one below the other. Figures that are too wide are written short, and names are broken over several lines. Of
 * several layouts the first that fits the width is drawn.
 */
import type { Cell, Column, Row, Table } from '../view/model/table.js';
import { draw, gapsOf, type GridCell, type GridColumn } from './grid.js';
import { paintOf, signOf, type Paint, type Screen, type Theme } from './theme.js';

/** The ids of the columns in one place, from top to bottom. Columns that the table does not have are skipped. */
export interface Place<Id extends string> {
  readonly ids: readonly Id[];
  /** A detail of the figure, in brackets behind it; left out if the figure's tone is `aside`. */
  readonly beside?: Id;
}

/** A place of its own for each column. */
export function apart<Id extends string>(ids: readonly Id[]): readonly Place<Id>[] {
  return ids.map((id) => ({ ids: [id] }));
}

export interface Layout<Id extends string> {
  readonly places: readonly Place<Id>[];
  /** The most characters of a cell that is written in full; longer ones are written short. */
  readonly longest: (id: Id) => number;
  /** Breaks the name of a row into lines. */
  readonly nameLines: (name: string) => readonly string[];
  readonly namePaint?: Paint;
  /** How columns are headed; absent: by their short titles. */
  readonly titles?: 'full' | 'short';
  /** Leaves out columns of counts that are zero in every row. */
  readonly hidesZeros?: boolean;
  /** The least number of spaces between two places. */
  readonly leastGap: number;
}

/**
 * Draws the table by the first layout that fits; if none does, by the last one, with gaps of one space.
 *
 * @param layouts at least one, the widest first
 */
export function drawTable<Id extends string>(
  table: Table<Id>,
  layouts: readonly Layout<Id>[],
  { width, theme }: Screen,
): string[] {
  for (const layout of layouts) {
    const columns = gridColumns(table, layout, theme);
    const gaps = gapsOf(columns, table.rows, width, layout.leastGap);
    if (gaps !== null) return draw(columns, table.rows, gaps, theme);
  }
  const columns = gridColumns(table, layouts.at(-1)!, theme);
  return draw(columns, table.rows, gapsOf(columns, table.rows, width, 1) ?? columns.map(() => 1), theme);
}

function gridColumns<Id extends string>(
  { columns, rows }: Table<Id>,
  layout: Layout<Id>,
  theme: Theme,
): GridColumn<Row<Id>>[] {
  const [name] = columns;
  const headLines = (column: Column<Id>): readonly string[] => {
    const title = theme.text(layout.titles === 'full' ? column.title : (column.short ?? column.title));
    return column === name ? layout.nameLines(title) : [title];
  };
  const cells = (column: Column<Id>, row: Row<Id>, beside: Id | undefined): readonly GridCell[] => {
    const cell = row[column.id];
    const text = textOf(cell, layout.longest(column.id), theme);
    if (column === name) return layout.nameLines(text).map((line) => ({ text: line, ...painted(layout.namePaint) }));
    const detail = beside === undefined || cell.tone === 'aside' ? '' : ` (${theme.text(row[beside].text)})`;
    return [figureCell(cell, `${text}${detail}`, theme)];
  };
  return layout.places.flatMap(({ ids, beside }) => {
    const placed = ids.flatMap((id) => columns.filter((column) => column.id === id));
    const [top] = placed;
    if (top === undefined) return [];
    if (layout.hidesZeros === true && placed.every(({ id }) => rows.every((row) => isZero(row[id])))) return [];
    const over = placed.find((column) => column.over !== undefined)?.over;
    return {
      head: placed.flatMap(headLines),
      ...(over !== undefined && { over: theme.text(over) }),
      align: top.align,
      lines: (row: Row<Id>) => placed.flatMap((column) => cells(column, row, beside)),
    };
  });
}

/** Whether the cell holds a count of anomalies, of which there is none. */
function isZero({ text, tone }: Cell): boolean {
  return text === '0' && tone === 'aside';
}

function textOf({ text, short = text }: Cell, longest: number, theme: Theme): string {
  return theme.text(text.length <= longest ? text : short);
}

function figureCell({ status, tone, marks = [] }: Cell, text: string, theme: Theme): GridCell {
  const marked = [text, ...(marks.length === 0 ? [] : [theme.text(marks.join(''))])].join(' ');
  if (status !== undefined) return { text: `${signOf(theme, status)} ${marked}`, paint: paintOf(theme, status) };
  return { text: marked, ...painted(tone === undefined ? undefined : theme.tones[tone]) };
}

function painted(paint: Paint | undefined): { readonly paint?: Paint } {
  return paint === undefined ? {} : { paint };
}
