/**
 * Shows the live view of a run on standard error, where it rewrites itself, once the run has lasted a second; private
 * servers that are started are named at once. It is cleared at the end. The cursor is never hidden, so none is lost
 * with a process that is killed.
 */
import type { Progress } from '../../domain/progress.js';
import type { RunDisplay } from '../run-display.js';
import { DrawLimit, type Clocks } from './draw-limit.js';
import { liveLook, type LiveLook, type LookOptions } from './live-look.js';
import { LiveState, type LiveView } from './live-state.js';
import { renderLiveView } from './live-view.js';
import { TerminalLines } from './terminal-lines.js';

export interface LiveDisplayOptions extends Omit<LookOptions, 'terminal'>, Clocks {
  readonly stream: NodeJS.WriteStream;
}

/** A display that knows what it took. */
export interface LiveDisplay extends RunDisplay {
  /** Milliseconds that all drawings took, and how many there were. */
  readonly spentMs: number;
  readonly drawings: number;
}

const shownAfterMs = 1000;
/** A run that will be over sooner than this is not worth a view that comes and goes. */
const worthMs = 500;
const sampledEveryMs = 100;

export function createLiveDisplay(options: LiveDisplayOptions): LiveDisplay {
  const { stream, names, nowMs } = options;
  const terminal = new TerminalLines(stream);
  const state = new LiveState(names);
  const limit = new DrawLimit(options);
  // Whoever stops the program (Ctrl-Z) has a shell in the same terminal until it goes on.
  const goOn = (): void => terminal.leave();
  process.on('SIGCONT', goOn);
  const startingNow: string[] = [];
  let look: LiveLook | null = null;
  let latest: Progress | null = null;
  let begunAtMs: number | null = null;
  let sampledAtMs = -Infinity;
  let isDone = false;

  const draw = (view: LiveView): void => {
    if (look === null || terminal.isResized) look = liveLook({ ...options, terminal: terminal.size });
    terminal.show(renderLiveView(view, look));
  };
  const update = (progress: Progress): void => {
    if (isDone) return;
    const now = nowMs();
    begunAtMs ??= now;
    // Between two samples of one row there is nothing to learn that the next one does not say.
    const isSame = latest !== null && progress.rowIndex === latest.rowIndex && progress.phase === latest.phase;
    latest = progress;
    if (isSame && now - sampledAtMs < sampledEveryMs) return;
    sampledAtMs = now;
    // The servers are up once a row begins, and the view comes later.
    if (startingNow.splice(0).length > 0) terminal.clear();
    state.update(progress, now);
    if (now - begunAtMs < shownAfterMs || !limit.isDue(now)) return;
    const view = state.view(now);
    if (limit.drawings > 0 || (view.leftMs ?? Infinity) >= worthMs) limit.draw(() => draw(view));
  };
  return {
    starting: (what) => {
      startingNow.push(what);
      terminal.show([`starting ${startingNow.join(' and ')} …`.slice(0, terminal.size.columns - 1)]);
    },
    update,
    updateRuns: ({ row }) => update(row),
    done: () => {
      isDone = true;
      process.off('SIGCONT', goOn);
      terminal.clear();
    },
    get spentMs() {
      return limit.spentMs;
    },
    get drawings() {
      return limit.drawings;
    },
  };
}
