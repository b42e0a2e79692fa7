/**
 * Adds up the progress of one row over its repeats, of which several may be under way at once. Rates are by the row's
 * own time on the wall clock, from its first publish to the end of its drain: time in which other rows run, or in which
 * a server is set up or cleaned, is not counted.
 */
import type { Progress } from '../../domain/progress.js';
import { Throughput } from './throughput.js';

/** A row as it is shown. */
export interface LiveRow {
  readonly name: string;
  /** That of the repeat under way, of several that of the first. `waiting`: one is still to come, and none under way. */
  readonly state: 'waiting' | Progress['phase'];
  readonly runsDone: number;
  /** From 0 to 1, of all its repeats; null: their number is not known. */
  readonly share: number | null;
  /** The mean over its own time; null: it has handled nothing, as are the others. */
  readonly handledPerSecond: number | null;
  /** Events handled a second, over its own time. */
  readonly throughput: readonly number[];
  readonly regressions: number | null;
  readonly inFlight: number | null;
  readonly lag: number | null;
}

/** A repeat that is under way. */
interface Run {
  last: Progress;
  /** When its first publish could begin, since the row began. */
  beganMs: number;
  activeMs: number;
}

export class RowProgress {
  readonly #name: string;
  readonly #throughput = new Throughput();
  /** By the index of the repeat among all rows. */
  readonly #underway = new Map<number, Run>();
  readonly #ended = { runs: 0, published: 0, handled: 0, regressions: 0, lag: 0, activeMs: 0 };

  constructor(name: string) {
    this.#name = name;
  }

  get runsDone(): number {
    return this.#ended.runs;
  }

  /** The repeats that have ended, and of each that is under way the share that it has handled. */
  get runsWorth(): number {
    return sumOf([...this.#underway.values()].map(({ last }) => shareOf(last))) + this.#ended.runs;
  }

  get underway(): readonly Progress[] {
    return [...this.#underway.values()].map(({ last }) => last);
  }

  get regressions(): number {
    return this.#ended.regressions + sumOf(this.underway.map(({ regressions }) => regressions));
  }

  update(progress: Progress): void {
    const run = this.#runOf(progress);
    const activeMs = activeMsOf(progress, run);
    this.#throughput.add(Math.max(0, progress.handled - run.last.handled), Math.max(0, activeMs - run.activeMs));
    Object.assign(run, { last: progress, activeMs });
    if (progress.phase === 'done') this.#end(progress, run);
  }

  /** @param runsTotal its repeats; null: not known */
  shown(runsTotal: number | null): LiveRow {
    const { underway } = this;
    const ended = this.#ended;
    const sum = (of: (progress: Progress) => number): number => sumOf(underway.map(of));
    const activeMs = ended.activeMs + sumOf([...this.#underway.values()].map((run) => run.activeMs));
    const hasBegun = ended.published + sum(({ published }) => published) > 0;
    const handled = ended.handled + sum((progress) => progress.handled);
    return {
      name: this.#name,
      state: this.#state(runsTotal),
      runsDone: ended.runs,
      share: runsTotal === null || runsTotal === 0 ? null : Math.min(1, this.runsWorth / runsTotal),
      handledPerSecond: hasBegun && activeMs > 0 ? (handled * 1000) / activeMs : null,
      throughput: this.#throughput.perSecond(),
      regressions: hasBegun ? this.regressions : null,
      inFlight: hasBegun ? sum(({ inFlight }) => inFlight) : null,
      lag: hasBegun ? ended.lag + sum(({ lag }) => lag) : null,
    };
  }

  #runOf(progress: Progress): Run {
    const known = this.#underway.get(progress.rowIndex);
    if (known !== undefined) return known;
    const run = { last: { ...progress, handled: 0 }, beganMs: 0, activeMs: 0 };
    this.#underway.set(progress.rowIndex, run);
    return run;
  }

  #end({ rowIndex, published, handled, regressions, lag }: Progress, { activeMs }: Run): void {
    const ended = this.#ended;
    this.#underway.delete(rowIndex);
    ended.runs += 1;
    ended.published += published;
    ended.handled += handled;
    ended.regressions += regressions;
    ended.lag += lag;
    ended.activeMs += activeMs;
  }

  #state(runsTotal: number | null): LiveRow['state'] {
    const [first] = this.underway;
    if (first !== undefined) return first.phase;
    return this.#ended.runs > 0 && (runsTotal === null || this.#ended.runs >= runsTotal) ? 'done' : 'waiting';
  }
}

/** How long a repeat has published and handled, and notes when that began. */
function activeMsOf({ phase, elapsedMs }: Progress, run: Run): number {
  const before = run.last.phase;
  if (phase === 'starting') return 0;
  if (before === 'starting') run.beganMs = elapsedMs;
  // What comes after the drain is no work of the bus. A repeat that ended early has no end of a drain.
  return before === 'closing' ? run.activeMs : elapsedMs - run.beganMs;
}

function shareOf({ handled, publishTotal }: Progress): number {
  return publishTotal > 0 ? Math.min(1, handled / publishTotal) : 0;
}

function sumOf(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0);
}
