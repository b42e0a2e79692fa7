/**
 * Tells the progress of a run in lines that stay, where standard error is no terminal: a line when private servers are
 * started, and then one every ten seconds for as long as the run lasts. A run that is shorter says nothing else.
 */
import type { Progress, RunsProgress } from '../domain/progress.js';
import { formatCount, formatRate } from '../text/numbers.js';
import type { RunDisplay } from './run-display.js';

export interface ProgressLogOptions {
  readonly write: (line: string) => void;
  /** Monotonic, in milliseconds. */
  readonly nowMs: () => number;
}

const everyMs = 10_000;

export function createProgressLog({ write, nowMs }: ProgressLogOptions): RunDisplay {
  let saidAtMs = nowMs();
  let latest: () => string | null = () => null;
  const sayIfDue = (): void => {
    if (nowMs() - saidAtMs < everyMs) return;
    const line = latest();
    if (line === null) return;
    saidAtMs = nowMs();
    write(line);
  };
  // A start sends no progress, and a run on the simulator leaves no timer its turn.
  const timer = setInterval(sayIfDue, everyMs / 10).unref();
  const say = (line: () => string): void => {
    latest = line;
    sayIfDue();
  };
  return {
    starting: (what) => {
      const beganMs = nowMs();
      write(`starting ${what} …`);
      latest = () => `still starting ${what} (${Math.round((nowMs() - beganMs) / 1000)} s) …`;
    },
    update: (progress) => say(() => progressText(progress)),
    updateRuns: (progress) => say(() => runsText(progress)),
    done: () => clearInterval(timer),
  };
}

/** `row 2 of 6, multi/shared: 40 %, 4,800 of 12,000 handled, 1,203/s`. */
export function progressText(progress: Progress): string {
  const { rowIndex, rowsTotal, rowId, phase, handled, publishTotal, regressions, elapsedMs } = progress;
  const row = `row ${rowIndex + 1}${rowsTotal === null ? '' : ` of ${rowsTotal}`}, ${rowId}`;
  if (phase === 'starting') return `${row}: starting`;
  return [
    `${row}: ${share(handled, publishTotal)}${formatCount(handled)} of ${formatCount(publishTotal)} handled`,
    `${formatCount(regressions)} regressions`,
    `${formatRate(elapsedMs > 0 ? (handled * 1000) / elapsedMs : null)}/s`,
    ...(phase === 'draining' ? ['draining'] : []),
  ].join(', ');
}

export function runsText({ runsDone, runsTotal, atOnce, handled, events, regressions }: RunsProgress): string {
  const runs = `${formatCount(runsDone)} of ${formatCount(runsTotal)} runs, ${atOnce} at once`;
  return `${runs}: ${share(handled, events)}${formatCount(regressions)} regressions`;
}

function share(part: number, whole: number): string {
  return whole > 0 ? `${Math.floor(Math.min(1, part / whole) * 100)} %, ` : '';
}
