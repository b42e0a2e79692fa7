/**
 * Defines a table of the view: columns that are identified by ids, and rows with a cell for each column. The renderer
 * decides where columns stand, how wide they are and which colour a cell has.
 */
import type { Status, Tone } from './finding.js';

export interface Cell {
  /** The full text. */
  readonly text: string;
  /** The same in fewer characters, for narrow columns; absent: as `text`. */
  readonly short?: string;
  readonly tone?: Tone;
  /** For a cell whose text is an outcome. */
  readonly status?: Status;
  /** ★: no other candidate that held order beats this one. †: it repairs behind a fault. */
  readonly marks?: readonly ('★' | '†')[];
}

export interface Column<Id extends string> {
  readonly id: Id;
  readonly title: string;
  /** The title in fewer characters; absent: as `title`. */
  readonly short?: string;
  readonly align: 'left' | 'right';
  /** A word above the title: `virtual`, for times that no clock on a wall has shown. */
  readonly over?: string;
  /** The column that this one is a detail of; a renderer without room can leave this one out. */
  readonly detailOf?: Id;
}

/** A cell for every id, including those of columns that the table does not have. */
export type Row<Id extends string> = Readonly<Record<Id, Cell>>;

export interface Table<Id extends string = string> {
  /** From left to right; the first column names the row. */
  readonly columns: readonly Column<Id>[];
  readonly rows: readonly Row<Id>[];
}
