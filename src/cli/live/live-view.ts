/**
 * Draws the live view as lines: a head, a line a row, and one for all of them, from the state of the run and the look
 * alone. Where the terminal is not high enough, rows around those under way are shown, and the others are summed up, so
 * that no regression is hidden.
 */
import { formatCount, formatShort, plural } from '../../text/numbers.js';
import { barOf, firstFitting, secondsOf, type Piece } from '../line-forms.js';
import { columnWidths, gap, type ColumnId, type LiveLook } from './live-look.js';
import type { LiveRow } from './live-row.js';
import type { LiveView } from './live-state.js';
import { sparkline } from './sparkline.js';

/** @returns at least one line, at most as many as fit, and none wider than the look allows */
export function renderLiveView(view: LiveView, look: LiveLook): readonly string[] {
  const all = totalLine(view, look);
  const room = look.height - 2;
  if (room < Math.min(view.rows.length, 2)) return [all];
  const { from, to } = shownRows(view.rows, room);
  const rows = view.rows.slice(from, to).map((row, at) => rowLine(row, look.names[from + at]!, look));
  const hidden = [...view.rows.slice(0, from), ...view.rows.slice(to)];
  return [headLine(look), ...rows, ...(hidden.length > 0 ? [hiddenLine(hidden, look)] : []), all];
}

/** All rows, or as many as fit around the first one under way, with a line less for what is said of the others. */
function shownRows(rows: readonly LiveRow[], room: number): { readonly from: number; readonly to: number } {
  if (rows.length <= room) return { from: 0, to: rows.length };
  const shown = room - 1;
  const underway = rows.findIndex(({ state }) => isUnderway(state));
  const first = underway >= 0 ? underway : rows.findLastIndex(({ state }) => state === 'done');
  const from = Math.min(Math.max(0, first - Math.floor(shown / 2)), rows.length - shown);
  return { from, to: from + shown };
}

const heads: Readonly<Record<Exclude<ColumnId, 'rate' | 'spark'>, string>> = {
  done: 'done',
  regressions: 'regressions',
  inFlight: 'in flight',
  lag: 'lag',
};

function headLine({ columns, nameColumns, sparkColumns, isVirtual, paint }: LiveLook): string {
  const cells = columns.map((id) => {
    if (id === 'spark') return '';
    if (id !== 'rate') return heads[id].padStart(columnWidths[id] + gap);
    const hasSpark = columns.includes('spark');
    const rate = hasSpark ? (isVirtual ? 'handled/wall s' : 'handled/s') : '/s';
    const width = columnWidths.rate + (hasSpark ? 1 + sparkColumns : 0);
    return ' '.repeat(gap) + (hasSpark ? rate.padEnd(width) : rate.padStart(width));
  });
  return paint.aside('row'.padEnd(nameColumns).slice(0, nameColumns) + cells.join(''));
}

function rowLine(row: LiveRow, name: string, look: LiveLook): string {
  const line = name + look.columns.map((id) => cellOf(id, row, look)).join('');
  return row.state === 'waiting' && row.runsDone === 0 ? look.paint.aside(line) : line;
}

function cellOf(id: ColumnId, row: LiveRow, look: LiveLook): string {
  const { signs, paint } = look;
  if (id === 'spark') return ` ${curveOf(row, look)}`;
  const text = textOf(id, row) ?? signs.none;
  const cell = text.padStart(columnWidths[id] + gap);
  return id === 'regressions' && (row.regressions ?? 0) > 0 ? paint.bad(cell) : cell;
}

/** The curve of what the row handled; before there is one, what the row is at. */
function curveOf({ state, throughput }: LiveRow, { sparkColumns, signs, paint }: LiveLook): string {
  if (throughput.length === 0) return state.padEnd(sparkColumns);
  const curve = sparkline(throughput, sparkColumns, signs.blocks);
  return paint.curve(curve) + ' '.repeat(sparkColumns - curve.length);
}

/** null: nothing is known. */
function textOf(id: Exclude<ColumnId, 'spark'>, row: LiveRow): string | null {
  switch (id) {
    case 'done':
      if (row.state === 'waiting' && row.runsDone === 0) return null;
      return row.share === null ? `${formatShort(row.runsDone)}×` : percentOf(row.share);
    case 'rate':
      return row.handledPerSecond === null ? null : formatShort(row.handledPerSecond);
    case 'regressions':
      return row.regressions === null ? null : formatCount(row.regressions);
    case 'inFlight':
      return row.inFlight === null ? null : formatCount(row.inFlight);
    case 'lag':
      return row.lag === null ? null : fitting(row.lag, columnWidths.lag);
  }
}

function hiddenLine(rows: readonly LiveRow[], { width, paint, signs }: LiveLook): string {
  const count = (is: (state: LiveRow['state']) => boolean): number => rows.filter(({ state }) => is(state)).length;
  const parts = [
    { count: count((state) => state === 'done'), word: 'done' },
    { count: count(isUnderway), word: 'under way' },
    { count: count((state) => state === 'waiting'), word: 'waiting' },
  ];
  const states = parts.filter((part) => part.count > 0).map((part) => `${part.count} ${part.word}`);
  const regressions = rows.reduce((sum, row) => sum + (row.regressions ?? 0), 0);
  const more = `${signs.ellipsis} ${rows.length} more rows`;
  const found = {
    text: `regressions ${formatCount(regressions)}`,
    paint: regressions > 0 ? paint.bad : paint.aside,
  };
  const forms: readonly (readonly Piece[])[] = [
    [{ text: `${more}: ${states.join(', ')}`, paint: paint.aside }, found],
    [{ text: more, paint: paint.aside }, found],
    [found],
  ];
  return firstFitting(forms, width) ?? more.slice(0, width);
}

function totalLine(view: LiveView, { width, signs, paint }: LiveLook): string {
  const { runsDone, runsTotal, share, atOnce, regressions } = view;
  const total =
    runsTotal === null ? plural(runsDone, 'run') : `${formatCount(runsDone)} of ${plural(runsTotal, 'run')}`;
  const runs = { text: view.round === 'rows' ? total : `${view.round}: ${total}` };
  const bar = (columns: number): Piece => ({
    text: share === null ? '' : `${barOf(share, columns, signs.bar)} ${percentOf(share)}`,
  });
  const found = {
    text: `regressions ${formatCount(regressions)}`,
    ...(regressions > 0 ? { paint: paint.bad } : {}),
  };
  const many = { text: atOnce > 1 ? `${atOnce} at once` : '' };
  const left = { text: leftOf(view) };
  const forms: readonly (readonly Piece[])[] = [
    [runs, bar(20), many, found, left],
    [runs, bar(10), found, left],
    [runs, { text: share === null ? '' : percentOf(share) }, found, left],
    [runs, found, left],
    [runs, found],
    [found],
  ];
  return firstFitting(forms, width) ?? `${regressions}`.slice(0, width);
}

/** What the last row is at while it has nothing more to handle, and else the time that is left. */
function leftOf({ rows, atOnce, leftMs, share }: LiveView): string {
  const [only] = rows.filter(({ state }) => isUnderway(state));
  const isLast = atOnce === 1 && (share === null || rows.every(({ state }) => state !== 'waiting'));
  if (only !== undefined && isLast && only.state !== 'running') return only.state;
  return leftMs === null ? '' : `ETA ${secondsOf(leftMs)}`;
}

function isUnderway(state: LiveRow['state']): boolean {
  return state !== 'waiting' && state !== 'done';
}

function percentOf(share: number): string {
  return `${Math.floor(share * 100)} %`;
}

/** The number in full, or in short where it is wider. */
function fitting(value: number, columns: number): string {
  const full = formatCount(value);
  return full.length <= columns ? full : formatShort(value);
}
