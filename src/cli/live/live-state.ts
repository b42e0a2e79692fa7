/**
 * Makes what the live view shows from the progress of the rows: a line for each row of the round under way, its repeats
 * together, and one for all of them. A new round begins with empty lines.
 */
import type { Progress, Round } from '../../domain/progress.js';
import { RowProgress, type LiveRow } from './live-row.js';

export interface LiveView {
  readonly round: Round;
  /** In the order of the report. */
  readonly rows: readonly LiveRow[];
  readonly runsDone: number;
  /** null: found only while they run. */
  readonly runsTotal: number | null;
  /** Rows under way. */
  readonly atOnce: number;
  /** From 0 to 1, of this round; null: not known. */
  readonly share: number | null;
  readonly regressions: number;
  /** Of this round, by how it went so far; null: nothing can be said yet. */
  readonly leftMs: number | null;
}

/** With less than this of one row done there is nothing to go by. */
const runsWorthMin = 0.02;

export class LiveState {
  readonly #names: readonly string[];
  #rows: readonly RowProgress[];
  #round: Round = 'rows';
  #runsTotal: number | null = null;
  #begunAtMs: number | null = null;

  /** @param names of the rows without their repeats, in the order in which they run */
  constructor(names: readonly string[]) {
    this.#names = names;
    this.#rows = newRows(names);
  }

  /** @param nowMs on any clock that rises; the same as of {@link view} */
  update(progress: Progress, nowMs: number): void {
    if (this.#begunAtMs === null || progress.round !== this.#round) {
      this.#round = progress.round;
      this.#rows = newRows(this.#names);
      this.#begunAtMs = nowMs;
    }
    this.#runsTotal = progress.rowsTotal;
    this.#rows[progress.rowIndex % this.#rows.length]?.update(progress);
  }

  view(nowMs: number): LiveView {
    const runsTotal = this.#runsTotal;
    const runsOfRow = runsTotal === null ? null : runsTotal / this.#rows.length;
    const worth = sumOf(this.#rows.map(({ runsWorth }) => runsWorth));
    const elapsedMs = nowMs - (this.#begunAtMs ?? nowMs);
    return {
      round: this.#round,
      rows: this.#rows.map((row) => row.shown(runsOfRow)),
      runsDone: sumOf(this.#rows.map(({ runsDone }) => runsDone)),
      runsTotal,
      atOnce: sumOf(this.#rows.map(({ underway }) => underway.length)),
      share: runsTotal === null || runsTotal === 0 ? null : Math.min(1, worth / runsTotal),
      regressions: sumOf(this.#rows.map(({ regressions }) => regressions)),
      leftMs: runsTotal === null || worth < runsWorthMin ? null : (elapsedMs * Math.max(0, runsTotal - worth)) / worth,
    };
  }
}

function newRows(names: readonly string[]): readonly RowProgress[] {
  return names.map((name) => new RowProgress(name));
}

function sumOf(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0);
}
