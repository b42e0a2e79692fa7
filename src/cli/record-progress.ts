/**
 * Shows how far the reading of a record is, in one line on standard error that rewrites itself: the source, how much of
 * it was read, lines, regressions and time left; or, of a file that is followed, what was found so far and for how long
 * nothing has come. The line appears after a second, changes at most ten times a second, and is cleared at the end.
 */
import { Chalk } from 'chalk';
import { createLogUpdate } from 'log-update';
import type { RecordProgress } from '../run/check-record-options.js';
import { formatCount, formatShort, plural } from '../text/numbers.js';
import { barOf, firstFitting, secondsOf, type Piece } from './line-forms.js';
import type { ProgressLineOptions } from './progress-line.js';

const shownAfterMs = 1_000;
const betweenMs = 100;
/** Of a file that is followed and has nothing new. */
const betweenIdleMs = 1_000;
const columnsDefault = 80;

export interface RecordProgressLine {
  update(progress: RecordProgress): void;
  /** Clears the line; nothing is shown afterwards. */
  done(): void;
}

/** @param isFollowing the line goes on while nothing comes */
export function createRecordProgress(
  { stream, enabled, color }: ProgressLineOptions,
  isFollowing: boolean,
): RecordProgressLine {
  if (!enabled) return { update: () => {}, done: () => {} };
  const log = createLogUpdate(stream, { showCursor: true });
  const bad = new Chalk({ level: color ? 1 : 0 }).red;
  let last: { readonly progress: RecordProgress; readonly atMs: number } | null = null;
  let drawnAtMs = -Infinity;
  let isDone = false;
  const draw = (progress: RecordProgress, idleMs: number): void => {
    drawnAtMs = performance.now();
    const width = (stream.columns || columnsDefault) - 1;
    log(
      isFollowing ? renderFollowing(progress, { idleMs, width, bad }) : renderRecordProgress(progress, { width, bad }),
    );
  };
  const redraw = (): void => {
    if (last !== null) draw(last.progress, performance.now() - last.atMs);
  };
  const timer = isFollowing ? setInterval(redraw, betweenIdleMs).unref() : null;
  return {
    update: (progress) => {
      const atMs = performance.now();
      last = { progress, atMs };
      if (isDone || progress.elapsedMs < shownAfterMs || atMs - drawnAtMs < betweenMs) return;
      draw(progress, 0);
    },
    done: () => {
      isDone = true;
      if (timer !== null) clearInterval(timer);
      if (drawnAtMs >= 0) log.clear();
    },
  };
}

interface Look {
  /** In columns. */
  readonly width: number;
  /** Paints a number of regressions above 0. */
  readonly bad?: (text: string) => string;
}

/** The line for one progress message, in the longest form that fits into `width`. */
export function renderRecordProgress(progress: RecordProgress, { width, bad }: Look): string {
  const { source, bytes, totalBytes, elapsedMs } = progress;
  const done = totalBytes === null || totalBytes === 0 ? null : Math.min(1, bytes / totalBytes);
  const share = done === null ? `${formatShort(bytes)}B` : `${Math.floor(done * 100)} %`;
  const found = foundOf(progress, bad);
  const left = { text: done === null || done < 0.02 ? '' : `ETA ${secondsOf(elapsedMs / done - elapsedMs)}` };
  const lines = { text: plural(progress.lines, 'line') };
  const bar = (columns: number): Piece => ({ text: `${barOf(done, columns)} ${share}`.trim() });
  const forms = [
    [{ text: source }, bar(20), lines, found, left],
    [{ text: source }, bar(10), lines, found, left],
    [{ text: source }, { text: share }, lines, found, left],
    [{ text: share }, lines, found, left],
    [{ text: share }, left],
  ];
  return firstFitting(forms, width) ?? share.slice(0, width);
}

/** The line of a file that is followed. @param look.idleMs since the last line came */
export function renderFollowing(
  progress: RecordProgress,
  { idleMs, width, bad }: Look & { readonly idleMs: number },
): string {
  const { source, lines, aggregates, duplicates } = progress;
  const age = { text: `last line ${idleMs < 1_000 ? 'now' : `${secondsOf(idleMs)} ago`}` };
  const found = foundOf(progress, bad);
  const twice = { text: duplicates === null ? '' : `duplicates ${formatCount(duplicates)}` };
  const [line, aggregate] = [{ text: plural(lines, 'line') }, { text: plural(aggregates, 'aggregate') }];
  const forms = [
    [{ text: `following ${source}` }, line, aggregate, found, twice, age],
    [{ text: source }, line, aggregate, found, twice, age],
    [line, aggregate, found, twice, age],
    [line, found, age],
    [line, found],
  ];
  return firstFitting(forms, width) ?? line.text.slice(0, width);
}

function foundOf({ regressions }: RecordProgress, bad: (text: string) => string = (text) => text): Piece {
  return { text: `regressions ${formatCount(regressions)}`, ...(regressions > 0 ? { paint: bad } : {}) };
}
