/**
 * What the page of a report is drawn from: a bounded part of the report, and the view of it in words. The page's own
 * sources (`page/`) import these types and nothing else of this program.
 */
import type { FetchMatrix, RunSeries, RunTimelines } from '../../domain/report/run-picture.js';
import type { Stage } from '../../domain/observation.js';

export type PageOutcome = 'ordered' | 'violated' | 'inconclusive';

export interface PageCell {
  readonly text: string;
  readonly outcome?: PageOutcome;
  readonly tone?: 'good' | 'bad' | 'unsure' | 'aside';
  readonly marks?: readonly string[];
}

export interface PageTable {
  readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[];
  readonly rows: readonly (readonly PageCell[])[];
  /** Sentences that explain the figures. */
  readonly notes: readonly string[];
}

export interface PageFinding {
  readonly outcome: PageOutcome;
  readonly text: string;
  readonly because: readonly { readonly title: string; readonly text: string }[];
}

/** A pair of an aggregate's events that was handled in the wrong order. */
export interface PagePair {
  readonly version: number;
  readonly afterVersion: number;
  /** The first stage at which it was in the wrong order. */
  readonly origin: Stage | 'unknown';
}

export interface PageAggregate {
  readonly aggregateId: string;
  readonly topic: string;
  /** Such as `12 regressions, 1 loss`. */
  readonly found: string;
  readonly pairs: readonly PagePair[];
}

/** How long something took: the share of all that took at most so long. */
export interface PageLatency {
  readonly name: string;
  /** At most 100, as [percentile, milliseconds]. */
  readonly points: readonly (readonly [number, number])[];
}

export interface PageRun {
  readonly id: string;
  readonly label: string;
  /** Which of its repeats it is; null: there is one. */
  readonly repeat: string | null;
  readonly outcome: PageOutcome;
  readonly clock: 'virtual' | 'wall';
  readonly regressions: number;
  readonly origins: readonly { readonly stage: Stage | 'unknown'; readonly count: number }[];
  readonly causes: readonly { readonly id: string; readonly text: string; readonly fix: string }[];
  readonly aggregates: readonly PageAggregate[];
  readonly aggregatesWithAnomalies: number;
  readonly latencies: readonly PageLatency[];
  readonly series: RunSeries | null;
  readonly fetchMatrix: FetchMatrix | null;
  readonly timelines: RunTimelines | null;
}

export interface PageData {
  readonly title: string;
  readonly version: string;
  readonly scenario: string;
  /** Broker, seed and the like. */
  readonly facts: readonly string[];
  readonly workload: string | null;
  readonly startedAt: string;
  readonly advice: string | null;
  readonly findings: readonly PageFinding[];
  readonly table: PageTable | null;
  /** The worst run of each row. */
  readonly runs: readonly PageRun[];
  /** Rows that are in the table only, since a page is bounded. */
  readonly runsLeftOut: number;
  readonly replay: string;
  readonly environment: readonly (readonly [name: string, value: string])[];
  /** The scenario with every setting, as JSON; null: a trace without one. */
  readonly resolved: string | null;
}
