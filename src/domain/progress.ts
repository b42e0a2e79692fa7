/**
 * The progress of a run, as a progress line shows it and as observations update it: that of the row under way, or that
 * of many rows at once.
 */
export interface Progress {
  /** The row under way, as the report names it: `multi/shared#1`. */
  readonly rowId: string;
  /** From 0. */
  readonly rowIndex: number;
  /** Null where it is found while they run. */
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

/** Rows that are run several at once. */
export interface RunsProgress {
  readonly runsDone: number;
  /** Asked for so far. */
  readonly runsTotal: number;
  readonly atOnce: number;
  /** In all runs, those under way included. */
  readonly handled: number;
  /** That all runs together will publish. */
  readonly events: number;
  readonly regressions: number;
  /** Since the first of them began, on the wall clock. */
  readonly elapsedMs: number;
}
