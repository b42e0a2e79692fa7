/** The progress that is shown while rows run: of the one row under way, or of many rows that run at once. */

/** Rows run in up to three rounds. Each begins with the first row, and only the second is in the tables of the report. */
export type Round = 'warm-up' | 'rows' | 'probe';

export interface Progress {
  readonly round: Round;
  /** The row under way, as the report names it: `multi/shared#1`. */
  readonly rowId: string;
  /** From 0, in this round; those of a repeat stand together. */
  readonly rowIndex: number;
  /** null where the number of rows is found only while they run. */
  readonly rowsTotal: number | null;
  readonly published: number;
  /** Events that this row will publish; 0 where that is not known. */
  readonly publishTotal: number;
  /** Attempts that ended well, those of events that came again included. */
  readonly handled: number;
  readonly regressions: number;
  /** Deliveries that the bus holds: on their way into the inbox, in it, in a lane or in a handler. */
  readonly inFlight: number;
  /** Events that were published, and of which no handling has ended well so far. */
  readonly lag: number;
  /** Since this row began, on the wall clock. */
  readonly elapsedMs: number;
  /** `closing`: all is handled, or the drain timed out, and what was made on the broker is removed. */
  readonly phase: 'starting' | 'running' | 'draining' | 'closing' | 'done';
}

/** The progress of many rows, several of which run at once. */
export interface RunsProgress {
  /** The row that went on, or has ended. */
  readonly row: Progress;
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
