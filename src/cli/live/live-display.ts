/**
 * Shows the live view of a run on standard error, where it rewrites itself, once the run has lasted a second; private
 * servers that are started are named at once. It is cleared at the end. The cursor is never hidden, so none is lost
 * with a process that is killed.
 */
import { createLogUpdate } from 'log-update';
import type { Progress } from '../../domain/progress.js';
import { stringWidth } from '../../report/terminal/line-wrapping.js';
import type { RunDisplay } from '../run-display.js';
import { DrawLimit, type Clocks } from './draw-limit.js';
import { liveLook, type LiveLook, type LookOptions } from './live-look.js';
import { LiveState, type LiveView } from './live-state.js';
import { renderLiveView } from './live-view.js';

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
const usualSize = { columns: 80, rows: 24 };

export function createLiveDisplay(options: LiveDisplayOptions): LiveDisplay {
  const { stream, names, nowMs } = options;
  const screen = new Screen(stream);
  const state = new LiveState(names);
  const limit = new DrawLimit(options);
  const startingNow: string[] = [];
  let look: LiveLook | null = null;
  let latest: Progress | null = null;
  let begunAtMs: number | null = null;
  let sampledAtMs = -Infinity;
  let isDone = false;

  const draw = (view: LiveView): void => {
    const terminal = screen.size();
    if (look === null || screen.hasChanged()) look = liveLook({ ...options, terminal });
    screen.show(renderLiveView(view, look));
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
    if (startingNow.splice(0).length > 0) screen.clear();
    state.update(progress, now);
    if (now - begunAtMs < shownAfterMs || !limit.isDue(now)) return;
    const view = state.view(now);
    if (limit.drawings > 0 || (view.leftMs ?? Infinity) >= worthMs) limit.draw(() => draw(view));
  };
  return {
    starting: (what) => {
      startingNow.push(what);
      screen.show([`starting ${startingNow.join(' and ')} …`.slice(0, screen.size().columns - 1)]);
    },
    update,
    updateRuns: ({ row }) => update(row),
    done: () => {
      isDone = true;
      screen.clear();
    },
    get spentMs() {
      return limit.spentMs;
    },
    get drawings() {
      return limit.drawings;
    },
  };
}

/** Lines on a terminal that replace each other, also where it has become narrower meanwhile. */
class Screen {
  readonly #stream: NodeJS.WriteStream;
  readonly #log: ReturnType<typeof createLogUpdate>;
  #lines: readonly string[] = [];
  #size: { readonly columns: number; readonly rows: number } | null = null;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#log = createLogUpdate(stream, { showCursor: true });
  }

  size(): { readonly columns: number; readonly rows: number } {
    const { columns, rows } = this.#stream;
    return { columns: columns || usualSize.columns, rows: rows || usualSize.rows };
  }

  /** Whether the terminal has another size than when lines were last shown. */
  hasChanged(): boolean {
    const { columns, rows } = this.size();
    return columns !== this.#size?.columns || rows !== this.#size.rows;
  }

  show(lines: readonly string[]): void {
    if (this.#lines.length > 0 && this.hasChanged()) this.clear();
    this.#log(lines.join('\n'));
    this.#lines = lines;
    this.#size = this.size();
  }

  clear(): void {
    if (this.#lines.length === 0) return;
    const { columns } = this.size();
    // A terminal that has become narrower has broken the lines that are too wide for it.
    const broken = this.#lines.reduce((sum, line) => sum + Math.max(0, Math.ceil(stringWidth(line) / columns) - 1), 0);
    this.#log.clear();
    if (broken > 0) this.#stream.write('\u001b[1A\u001b[2K'.repeat(broken));
    this.#lines = [];
  }
}
