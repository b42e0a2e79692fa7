/**
 * Says how the live view is laid out on a terminal: which columns it has room for, how wide they are, and the names of
 * the rows shortened to theirs. Made once for a size of the terminal, since measuring names takes longer than drawing
 * them.
 */
import { Chalk } from 'chalk';
import { padded, shortened } from '../../report/terminal/line-wrapping.js';
import { printable } from '../../text/printable.js';
import type { BarSigns } from '../line-forms.js';
import { asciiBlocks, blocks } from './sparkline.js';

export type ColumnId = 'done' | 'rate' | 'spark' | 'regressions' | 'inFlight' | 'lag';

export interface LiveLook {
  /** The names of the rows, as wide as their column. */
  readonly names: readonly string[];
  readonly nameColumns: number;
  readonly columns: readonly ColumnId[];
  readonly sparkColumns: number;
  /** The most columns that a line takes. */
  readonly width: number;
  /** The most lines that the view takes. */
  readonly height: number;
  /** Whether rates of the wall clock could be taken for those of the report. */
  readonly isVirtual: boolean;
  readonly signs: Signs;
  readonly paint: { readonly bad: Paint; readonly aside: Paint; readonly curve: Paint };
}

export interface Signs {
  /** From the lowest to the highest. */
  readonly blocks: string;
  readonly bar: BarSigns;
  readonly ellipsis: string;
  readonly none: string;
}

type Paint = (text: string) => string;

export interface LookOptions {
  readonly names: readonly string[];
  readonly terminal: { readonly columns: number; readonly rows: number };
  readonly color: boolean;
  readonly ascii: boolean;
  readonly isVirtual: boolean;
}

export const columnWidths: Readonly<Record<Exclude<ColumnId, 'spark'>, number>> = {
  done: 5,
  rate: 5,
  regressions: 11,
  inFlight: 9,
  lag: 6,
};

/** From the widest to the narrowest; what says least of the order goes first. */
const layouts: readonly (readonly ColumnId[])[] = [
  ['done', 'rate', 'spark', 'regressions', 'inFlight', 'lag'],
  ['rate', 'spark', 'regressions', 'inFlight', 'lag'],
  ['rate', 'spark', 'regressions', 'lag'],
  ['rate', 'regressions', 'lag'],
  ['regressions', 'lag'],
  ['regressions'],
];

export const gap = 2;
const sparkMin = 8;
const sparkMax = 40;
/** A layout with fewer columns is taken rather than names cut shorter than this. */
const nameMin = 31;

export function liveLook({ names, terminal, color, ascii, isVirtual }: LookOptions): LiveLook {
  // A line of full width would make some terminals wrap.
  const width = Math.max(1, terminal.columns - 1);
  const signs = signsOf(ascii);
  const wanted = Math.max(...names.map((name) => name.length), 'row'.length);
  const columns = layouts.find((layout) => width - fixedOf(layout) >= Math.min(wanted, nameMin)) ?? layouts.at(-1)!;
  const nameColumns = Math.max(1, Math.min(wanted, width - fixedOf(columns)));
  const chalk = new Chalk({ level: color ? 1 : 0 });
  return {
    names: names.map((name) => padded(shortened(printable(name), nameColumns, signs.ellipsis), nameColumns)),
    nameColumns,
    columns,
    sparkColumns: Math.min(sparkMax, sparkMin + width - fixedOf(columns) - nameColumns),
    width,
    // Below it is the line of the cursor, and above it the one that the program was started from.
    height: Math.max(1, terminal.rows - 2),
    ...{ isVirtual, signs },
    paint: { bad: chalk.red, aside: chalk.dim, curve: chalk.cyan },
  };
}

/** The columns that all but the names take, the sparkline at its narrowest. */
function fixedOf(layout: readonly ColumnId[]): number {
  // The sparkline stands close to the rate that it belongs to.
  return layout.reduce((sum, id) => sum + (id === 'spark' ? sparkMin + 1 : columnWidths[id] + gap), 0);
}

function signsOf(ascii: boolean): Signs {
  return ascii
    ? { blocks: asciiBlocks, bar: { full: '#', empty: '.' }, ellipsis: '...', none: '-' }
    : { blocks, bar: { full: '█', empty: '░' }, ellipsis: '…', none: '–' };
}
