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
  readonly caption: string;
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

/** So many of something fall from `from` to `to`, both included. */
export interface PageBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** How far back regressions reach: of all of them the figures, of those that the report tells the spread. */
export interface PageExtents {
  readonly p50: number;
  readonly max: number;
  /** Events of one aggregate that a buffer must hold to put them right; null: not known. */
  readonly depth: number | null;
  readonly told: number;
  readonly regressions: number;
  /** By places, among the first handlings of the aggregate, from the early event to the late one. */
  readonly places: readonly PageBin[];
  /** By versions from the late event to the early one. */
  readonly versions: readonly PageBin[];
}

/** A rebalance, or a disturbance that was asked for. */
export interface PageIncident {
  readonly atMs: number;
  readonly kind: 'rebalance' | 'disturbance';
  readonly text: string;
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
  /** null: nothing regressed. */
  readonly extents: PageExtents | null;
  /** In the order of their times. */
  readonly incidents: readonly PageIncident[];
  readonly incidentsTotal: number;
  readonly series: RunSeries | null;
  readonly fetchMatrix: FetchMatrix | null;
  readonly timelines: RunTimelines | null;
}

/** Of which clock times are: of the simulator's, of the machine's, or of either, by row. */
export type PageClock = 'virtual' | 'wall' | 'both';

export interface PageCandidate {
  readonly name: string;
  readonly outcome: PageOutcome;
  readonly isRun: boolean;
  readonly isParetoOptimal: boolean;
  readonly isRecommended: boolean;
  readonly handledPerSecond: number | null;
  readonly p99Ms: number | null;
  readonly heldMax: number | null;
}

/** Candidates that promise the same. */
export interface PagePromise {
  /** Such as `each aggregate in order, through crash and resize`. */
  readonly text: string;
  readonly candidates: readonly PageCandidate[];
}

/** What candidates cost, by what they promise. */
export interface PageComparison {
  readonly clock: PageClock;
  /** The most first. */
  readonly promises: readonly PagePromise[];
}

export interface PageSweepPoint {
  readonly value: string;
  readonly outcome: PageOutcome;
  /** A run, on average, with the 95 % interval. */
  readonly regressions: number | null;
  readonly low95: number | null;
  readonly high95: number | null;
  readonly handledPerSecond: number | null;
  readonly p99Ms: number | null;
}

/** Order and cost along the values of one field. */
export interface PageSweep {
  readonly field: string;
  readonly clock: PageClock;
  readonly values: readonly string[];
  readonly series: readonly { readonly name: string; readonly points: readonly PageSweepPoint[] }[];
  /** Series that are in a table only. */
  readonly seriesLeftOut: number;
}

/** What was injected, against what was diagnosed. */
export interface PageConfusion {
  readonly causes: readonly string[];
  readonly hazards: readonly {
    readonly id: string;
    readonly runs: number;
    /** Runs that named each of the causes. */
    readonly diagnosed: readonly number[];
    /** Runs that named its own cause as latent. */
    readonly ownLatent: number;
    /** Runs with anomalies that no cause explains. */
    readonly unexplained: number;
    /** Runs in which the mechanism did not show. */
    readonly notShown: number;
    /** Runs whose verdict or diagnosis was at fault. */
    readonly wrong: number;
  }[];
}

export interface PageData {
  readonly title: string;
  readonly version: string;
  readonly scenario: string;
  /** Broker, seed and the like. */
  readonly facts: readonly string[];
  readonly workload: string | null;
  readonly advice: string | null;
  readonly findings: readonly PageFinding[];
  readonly tables: readonly PageTable[];
  /** null: nothing was compared. */
  readonly comparison: PageComparison | null;
  readonly sweeps: readonly PageSweep[];
  /** null: it is no test of the diagnosis. */
  readonly confusion: PageConfusion | null;
  /** The worst run of each row. */
  readonly runs: readonly PageRun[];
  /** Rows that are in the table only, since a page is bounded. */
  readonly runsLeftOut: number;
  readonly replay: string;
  readonly environment: readonly (readonly [name: string, value: string])[];
  /** The scenario with every setting, as JSON; null: a trace without one. */
  readonly resolved: string | null;
}
