/** The progress that a progress line shows: of the one row under way, or of many rows that run at once. */
export interface Progress {
  /** The row under way, as the report names it: `multi/shared#1`. */
  readonly rowId: string;
  /** From 0. */
  readonly rowIndex: number;
  /** null where the number of rows is found only while they run. */
  readonly rowsTotal: number | null;
  readonly published: number;
  /** Events that this row will publish; 0 where that is not known. */
  readonly publishTotal: number;
  readonly handled: number;
  readonly regressions: number;
  /** Since this row began, on the wall clock. */
  readonly elapsedMs: number;
  readonly phase: 'starting' | 'running' | 'draining' | 'done';
}

/** The progress of many rows, several of which run at once. */
export interface RunsProgress {
  readonly runsDone: number;
  /** Runs asked for so far. */
  readonly runsTotal: number;
  readonly atOnce: number;
  /** Events handled in all runs, those under way included. */
  readonly handled: number;
  /** Events that all runs together will publish. */
  readonly events: number;
  readonly regressions: number;
  /** Since the first run began, on the wall clock. */
  readonly elapsedMs: number;
}
