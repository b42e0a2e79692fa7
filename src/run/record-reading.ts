/** What reading a record comes to, before it is judged. */
import type { RecordSource } from '../domain/record/record-report.js';
import type { OpenedSource } from '../record/input/open-source.js';
import type { Intake } from '../record/intake.js';
import type { Merge } from '../record/order/merge.js';

/** What was read of a record. */
export interface Reading {
  readonly intake: Intake;
  readonly sources: readonly RecordSource[];
  readonly interrupted: boolean;
  /** By which lines of several sources were brought into order; null: each source was read for itself. */
  readonly merge: Merge | null;
}

/** Called after each block of a source. @throws {InterruptedError} once the signal is aborted */
export type OnBlock = (source: Pick<OpenedSource, 'name' | 'totalBytes'>, bytes: number, lines: number) => void;
