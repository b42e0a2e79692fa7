/** Defines the notes below a table: clauses that explain its figures, and say by which clock its times are measured. */
import type { RunRow } from '../../../domain/report/run-report.js';
import { otherAnomalies } from '../../../domain/report/verdict.js';

/** The simulator's clock, the machine's, or both if the rows differ. */
export type Clock = 'virtual' | 'wall' | 'both';

export interface Note {
  /** `term: what it is`. */
  readonly text: string;
  /** The clock of the times that the note speaks of; absent: it speaks of none. */
  readonly clock?: Clock;
}

/** The sentence that says that times are virtual; empty for the wall clock. */
export const clockSentences: Readonly<Record<Clock, string>> = {
  virtual: "Times are virtual: the simulator's clock.",
  both: 'Times of simulator rows are virtual.',
  wall: '',
};

export function clockOf(rows: readonly RunRow[]): Clock {
  const clocks = new Set(rows.map(({ clock }) => clock));
  const [only = 'wall'] = clocks;
  return clocks.size > 1 ? 'both' : only;
}

export function hasOthers({ counts }: RunRow): boolean {
  return otherAnomalies(counts) > 0;
}

/** Explains the column `others`, in the terms of docs/CHECKER.md. */
export const othersNote: Note = {
  text: 'others: split keys, store inversions, overlaps (pairs), completion inversions and phantoms; each is a violation unless allowed',
};

export const atRiskNote: Note = {
  text: 'at risk: pairs of consecutive events of an aggregate that the bus held at once, or kept apart by a limit of one; only those can go wrong',
};

/** Explains in one line what the figures of any table need. */
export const briefNote = 'at risk: pairs of an aggregate in the bus at once; p99: publish to handled';

/** Explains duplicates of rows that handle events again after a failed handling. */
export const redoneNote = 'dupl.: those redone after a failed handling are no violations';

/** Explains the columns `running` and `held` of comparisons and sweeps. */
export function concurrencyNote(clock: Clock): Note {
  return { text: 'running: handlers at once, on average; held: events in the bus at once.', clock };
}
