/** Defines what shows the progress of a run, in whatever way. */
import type { Progress, RunsProgress } from '../domain/progress.js';

export interface RunDisplay {
  /** A private server is being started: `a private Kafka 4.4.0`. Shown at once, until the first row begins. */
  starting(what: string): void;
  update(progress: Progress): void;
  /** Called in place of `update` while several rows run at once. */
  updateRuns(progress: RunsProgress): void;
  /** Clears what can be cleared; nothing is shown afterwards. May be called twice. */
  done(): void;
}
