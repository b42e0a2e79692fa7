/**
 * Shows how far the reading of a trace is, in one line on standard error, which rewrites itself: the row under way, how
 * much of it is done, events published and handled, regressions, rate and time left. The line appears once the reading
 * has lasted a second, changes at most ten times a second, and is cleared at the end. All times are those of the progress
 * messages; no clock is read.
 */
import { Chalk } from 'chalk';
import { createLogUpdate } from 'log-update';
import type { Progress } from '../domain/progress.js';
import { formatCount, formatRate, formatShort } from '../text/numbers.js';
import { barOf, firstFitting, secondsOf, type Piece } from './line-forms.js';

export interface ProgressLine {
  update(progress: Progress): void;
  /** Clears the line; nothing is shown afterwards. */
  done(): void;
}

export interface ProgressLineOptions {
  readonly stream: NodeJS.WriteStream;
  readonly enabled: boolean;
  readonly color: boolean;
}

const shownAfterMs = 1000;
const betweenMs = 100;
const columnsDefault = 80;

export function createProgressLine({ stream, enabled, color }: ProgressLineOptions): ProgressLine {
  if (!enabled) return { update: () => {}, done: () => {} };
  const log = createLogUpdate(stream, { showCursor: true });
  const chalk = new Chalk({ level: color ? 1 : 0 });
  let rowIndex = 0;
  let rowMs = 0;
  let earlierRowsMs = 0;
  let drawnAtMs = -Infinity;
  let finished = false;

  const update = (progress: Progress): void => {
    if (finished) return;
    if (progress.rowIndex > rowIndex) earlierRowsMs += rowMs;
    rowIndex = progress.rowIndex;
    rowMs = progress.elapsedMs;
    draw(earlierRowsMs + rowMs, (width) => renderProgress(progress, { earlierRowsMs, width, bad: chalk.red }));
  };
  const draw = (nowMs: number, render: (width: number) => string): void => {
    if (nowMs < shownAfterMs || nowMs - drawnAtMs < betweenMs) return;
    drawnAtMs = nowMs;
    log(render((stream.columns || columnsDefault) - 1));
  };
  const done = (): void => {
    finished = true;
    if (drawnAtMs >= 0) log.clear();
  };
  return { update, done };
}

export interface ProgressView {
  /** How long the rows before this one took, in this round. */
  readonly earlierRowsMs: number;
  /** In columns. */
  readonly width: number;
  /** Paints a number of regressions above 0. */
  readonly bad?: (text: string) => string;
}

/** The line for one progress message, in the longest form that fits into `width`. */
export function renderProgress(
  progress: Progress,
  { earlierRowsMs, width, bad = (text) => text }: ProgressView,
): string {
  const done = progress.publishTotal > 0 ? Math.min(1, progress.handled / progress.publishTotal) : null;
  const row = `${progress.rowIndex + 1}${progress.rowsTotal === null ? '' : `/${progress.rowsTotal}`}`;
  const percent = done === null ? '' : `${Math.floor(done * 100)} %`.padStart(5);
  const left = leftOf(progress, done, earlierRowsMs);
  const rate = progress.elapsedMs > 0 ? (progress.handled * 1000) / progress.elapsedMs : null;
  const regressions = (text: string): Piece => ({ text, ...(progress.regressions > 0 ? { paint: bad } : {}) });
  const long = [
    { text: `published ${formatCount(progress.published)}` },
    { text: `handled ${formatCount(progress.handled)}` },
    regressions(`regressions ${formatCount(progress.regressions)}`),
    { text: `${formatRate(rate)}/s` },
    { text: left },
  ];
  const short = [
    { text: `publ ${formatShort(progress.published)}` },
    { text: `handled ${formatShort(progress.handled)}` },
    regressions(`regr ${formatShort(progress.regressions)}`),
    { text: `${rate === null ? formatRate(null) : formatShort(rate)}/s` },
    { text: left },
  ];
  const named = { text: `${row} ${progress.rowId}` };
  const forms: readonly (readonly Piece[])[] = [
    [named, { text: `${barOf(done, 20)}${percent}` }, ...long],
    [named, { text: `${barOf(done, 10)}${percent}` }, ...long],
    [named, { text: percent.trim() }, ...long],
    [named, { text: percent.trim() }, ...short],
    [{ text: row }, { text: percent.trim() }, ...short],
  ];
  return firstFitting(forms, width) ?? `${row} ${percent.trim()}`.slice(0, width);
}

/** The phase of the row, or the time left for all rows, if their number is known; estimated from the rows so far. */
function leftOf(
  { phase, elapsedMs, rowIndex, rowsTotal }: Progress,
  done: number | null,
  earlierRowsMs: number,
): string {
  if (phase === 'starting' || phase === 'draining') return phase;
  if (done === null || done < 0.02 || rowsTotal === null) return '';
  const thisRowMs = elapsedMs / done;
  const meanRowMs = (earlierRowsMs + thisRowMs) / (rowIndex + 1);
  return `ETA ${secondsOf(thisRowMs - elapsedMs + meanRowMs * (rowsTotal - rowIndex - 1))}`;
}
