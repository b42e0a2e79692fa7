/** Defines the notes below a table, which say what its figures are, a clause each, and by which clock its times go. */
import type { RunRow } from '../../../domain/report/run-report.js';
import { otherAnomalies } from '../../../domain/report/verdict.js';

/** The simulator's clock, the machine's, or some rows by one and some by the other. */
export type Clock = 'virtual' | 'wall' | 'both';

export interface Note {
  /** `term: what it is`. */
  readonly text: string;
  /** The clock of the times that the note speaks of; absent: it speaks of none. */
  readonly clock?: Clock;
}

/** A sentence where a reader may take times for those of a machine; none where they are. */
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

/** In the words of docs/CHECKER.md; which of them a row has is told where it is explained. */
export const othersNote: Note = {
  text: 'others: split keys, store inversions, overlaps (pairs), completion inversions and phantoms; each is a violation unless allowed',
};

export const atRiskNote: Note = {
  text: 'at risk: pairs of consecutive events of an aggregate that the bus held at once, or kept apart by a limit of one; only those can go wrong',
};

/** What is running at once, and how much is held; of comparisons and sweeps. */
export function concurrencyNote(clock: Clock): Note {
  return { text: 'running: handlers at once, on average; held: events in the bus at once.', clock };
}
