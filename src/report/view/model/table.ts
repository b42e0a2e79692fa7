/**
 * Defines a table of the view: columns that are told apart by ids, and rows with a cell for each of them. Cells are
 * data and text. Where columns stand, how wide they are and which colour a cell has is up to whoever renders the table.
 */
import type { Status, Tone } from './finding.js';

export interface Cell {
  /** In full. */
  readonly text: string;
  /** The same in fewer characters, for where room is lacking; absent: as in full. */
  readonly short?: string;
  readonly tone?: Tone;
  /** Of a cell that says how something came out: its text is the outcome. */
  readonly status?: Status;
  /** ★: no other candidate that held order beats this one. †: it repairs behind a fault. */
  readonly marks?: readonly ('★' | '†')[];
}

export interface Column<Id extends string> {
  readonly id: Id;
  readonly title: string;
  /** The title in fewer characters; absent: as in full. */
  readonly short?: string;
  readonly align: 'left' | 'right';
  /** The column that this one says more of; it can be left out where room is lacking. */
  readonly detailOf?: Id;
}

/** A cell for every id, those of columns that the table does not have included. */
export type Row<Id extends string> = Readonly<Record<Id, Cell>>;

export interface Table<Id extends string = string> {
  /** In the order of reading; the first names what a row is about. */
  readonly columns: readonly Column<Id>[];
  readonly rows: readonly Row<Id>[];
}
