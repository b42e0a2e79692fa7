/** The results of the gates of a report, row by row, as `run` decides them and every format shows them. */
import type { RunReport } from './run-report.js';

export interface GateFinding {
  readonly kind: 'breach' | 'inconclusive';
  /** The row that it is about, which need not have been run; null: the whole report. */
  readonly rowId: string | null;
  /** A sentence without a full stop. */
  readonly text: string;
}

export interface GateSummary {
  readonly outcome: 'held' | 'breached' | 'inconclusive';
  /** Breaches first, then what is inconclusive. */
  readonly findings: readonly GateFinding[];
  /** What a gate that held rests on, one sentence each. */
  readonly evidence?: readonly string[];
}

/** A report, and how its gates came out; null: it had none. */
export interface JudgedReport {
  readonly report: RunReport;
  readonly gate: GateSummary | null;
}
