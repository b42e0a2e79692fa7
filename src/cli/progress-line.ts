/**
 * Shows the progress of a run in one line on standard error, which rewrites itself: the row under way, how much of it
 * is done, events published and handled, regressions, rate and time left; or, if several rows run at once, how many are
 * done. Private servers that are started are named at once. The line of a row appears once a run has lasted a second,
 * changes at most ten times a second, and is cleared at the end. All times are those of the progress messages; no clock
 * is read.
 */
import { Chalk } from 'chalk';
import { createLogUpdate } from 'log-update';
import type { Progress, RunsProgress } from '../domain/progress.js';
import { formatCount, formatRate, formatShort } from '../text/numbers.js';

export interface ProgressLine {
  /** A private server is being started: `a private Kafka 4.4.0`. Shown at once, until the first row begins. */
  starting(what: string): void;
  update(progress: Progress): void;
  /** Called in place of `update` while several rows run at once. */
  updateRuns(progress: RunsProgress): void;
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
  if (!enabled) return { starting: () => {}, update: () => {}, updateRuns: () => {}, done: () => {} };
  const log = createLogUpdate(stream, { showCursor: true });
  const chalk = new Chalk({ level: color ? 1 : 0 });
  let rowIndex = 0;
  let rowMs = 0;
  let earlierRowsMs = 0;
  let earlierRoundsMs = 0;
  let drawnAtMs = -Infinity;
  let finished = false;
  const startingNow: string[] = [];

  const starting = (what: string): void => {
    startingNow.push(what);
    log(`starting ${startingNow.join(' and ')} …`.slice(0, (stream.columns || columnsDefault) - 1));
  };
  const update = (progress: Progress): void => {
    if (finished) return;
    // The servers are up once a row begins, and its own line comes later.
    if (startingNow.splice(0).length > 0) log.clear();
    if (progress.rowIndex > rowIndex) earlierRowsMs += rowMs;
    else if (progress.rowIndex < rowIndex || progress.elapsedMs < rowMs) {
      // Rounds of warm-up, the rows that count and those of a probe are numbered from 0 each.
      earlierRoundsMs += earlierRowsMs + rowMs;
      earlierRowsMs = 0;
    }
    rowIndex = progress.rowIndex;
    rowMs = progress.elapsedMs;
    const nowMs = earlierRoundsMs + earlierRowsMs + rowMs;
    draw(nowMs, (width) => renderProgress(progress, { earlierRowsMs, width, bad: chalk.red }));
  };
  const updateRuns = (progress: RunsProgress): void => {
    draw(progress.elapsedMs, (width) => renderRunsProgress(progress, { width, bad: chalk.red }));
  };
  const draw = (nowMs: number, render: (width: number) => string): void => {
    if (finished || nowMs < shownAfterMs || nowMs - drawnAtMs < betweenMs) return;
    drawnAtMs = nowMs;
    log(render((stream.columns || columnsDefault) - 1));
  };
  const done = (): void => {
    finished = true;
    if (drawnAtMs >= 0 || startingNow.length > 0) log.clear();
  };
  return { starting, update, updateRuns, done };
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

/** The line for one progress message of several rows at once, in the longest form that fits into `width`. */
export function renderRunsProgress(
  progress: RunsProgress,
  { width, bad = (text) => text }: Omit<ProgressView, 'earlierRowsMs'>,
): string {
  const { runsDone, runsTotal, atOnce, handled, events, regressions, elapsedMs } = progress;
  const done = events > 0 ? Math.min(1, handled / events) : null;
  const percent = done === null ? '' : `${Math.floor(done * 100)} %`.padStart(5);
  const runs = { text: `${formatCount(runsDone)} of ${formatCount(runsTotal)} runs` };
  const found = { text: `regressions ${formatCount(regressions)}`, ...(regressions > 0 ? { paint: bad } : {}) };
  const left = { text: done === null || done < 0.02 ? '' : `ETA ${secondsOf(elapsedMs / done - elapsedMs)}` };
  const rate = { text: `${formatRate(elapsedMs > 0 ? (handled * 1000) / elapsedMs : null)}/s` };
  const forms: readonly (readonly Piece[])[] = [
    [runs, { text: `${barOf(done, 20)}${percent}` }, { text: `${atOnce} at once` }, found, rate, left],
    [runs, { text: `${barOf(done, 10)}${percent}` }, found, left],
    [runs, { text: percent.trim() }, left],
  ];
  return firstFitting(forms, width) ?? runs.text.slice(0, width);
}

/** A part of a progress line; left out where its text is empty. */
export interface Piece {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** The first form that fits into so many columns; null: none does. */
export function firstFitting(forms: readonly (readonly Piece[])[], width: number): string | null {
  const fitting = forms.find((form) => widthOf(form) <= width);
  return fitting === undefined ? null : joined(fitting);
}

function widthOf(pieces: readonly Piece[]): number {
  return shown(pieces)
    .map((piece) => piece.text)
    .join('  ').length;
}

function joined(pieces: readonly Piece[]): string {
  return shown(pieces)
    .map(({ text, paint }) => (paint === undefined ? text : paint(text)))
    .join('  ');
}

function shown(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.filter((piece) => piece.text !== '');
}

/** @param done from 0 to 1; null: not known */
export function barOf(done: number | null, width: number): string {
  if (done === null) return '';
  const full = Math.floor(done * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
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

/** A time that is left, in words. */
export function secondsOf(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${formatCount(Math.ceil(minutes / 60))} h`;
}
