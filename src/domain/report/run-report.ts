/**
 * The report of a run as it is written to `reports/`, which is a JSON contract that other programs rely on: extend it
 * freely, rename or redefine nothing. Units are in the names; every field is always present; what is not known is null,
 * never 0. Reasons, evidence and remedies are data here; a stored report has them in words beside the data
 * (`report/contract/with-words.ts`).
 */
import type { ExplainedKind } from './anomaly-signature.js';
import type { CauseEvidence, Remedy } from './cause-evidence.js';
import type { Comparison } from './comparison.js';
import type { Reason } from './reason.js';
import type { RunGroup } from './run-group.js';
import type { FetchMatrix, RunSeries, RunTimelines } from './run-picture.js';
import type { Outcome, Scenario } from '../scenario/scenario.js';
import type { SweepPoint } from './sweep-point.js';
import type { SweepSeries } from '../scenario/sweep.js';
import type { AggregateFinding, Counts, Exposure, Origins, Reordering } from './verdict.js';
import type { CauseWitness } from './witness.js';

export interface BrokerInfo {
  readonly kind: string;
  readonly version: string | null;
  /** Without secrets; null for the simulator. */
  readonly url: string | null;
}

export interface ClientInfo {
  readonly name: string;
  readonly version: string;
}

export interface Quantiles {
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
  readonly p999: number | null;
  readonly max: number | null;
}

export interface LatencyMs {
  /** Publish call to its acknowledgement. */
  readonly publish: Quantiles;
  /** Hand-over to the subscription until the handler starts. */
  readonly queue: Quantiles;
  /** Handler start to its end. */
  readonly handle: Quantiles;
  /** Publish call to the end of the first handling that did not fail. */
  readonly endToEnd: Quantiles;
}

/** How much the bus did at once; null where nothing was handled. */
export interface Concurrency {
  /** Handlers running, averaged from the first start to the last end. */
  readonly handlersMean: number | null;
  readonly handlersMax: number | null;
  /** Deliveries in the bus at once: in its inbox, its lanes and its handlers. */
  readonly heldMax: number | null;
}

/**
 * The latencies themselves, from which any quantile can be read and which can be added up over rows: HdrHistogram's V2
 * encoding of whole microseconds, compressed, in base64. null: nothing was measured, or the report is older than 1.1.
 */
export interface LatencyHistograms {
  readonly publish: string | null;
  readonly queue: string | null;
  readonly handle: string | null;
  readonly endToEnd: string | null;
}

/** Anomalies that decide and that a cause accounts for, or that no cause does, by kind. */
export type Explained = Readonly<Record<ExplainedKind, number>>;

export interface Cause {
  readonly id: string;
  readonly explains: Explained;
  /** The mechanism is at work, though no anomaly shows it yet. */
  readonly latent: boolean;
  readonly confidence: 'certain' | 'likely' | 'possible';
  readonly evidence: readonly CauseEvidence[];
  /** Ids of causes that the evidence speaks against. */
  readonly refutes: readonly string[];
  readonly remedy: Remedy;
  /** The worst of what it explains, at most three: the worst of each kind first. None if it is latent. */
  readonly witnesses: readonly CauseWitness[];
}

export interface RunError {
  readonly code: string;
  readonly message: string;
  readonly wayOut: string;
}

/** One rebalance: a consumer group assigned its partitions to its members. */
export interface Rebalance {
  /** Group id. */
  readonly group: string;
  /** Of the group: Kafka's generation. */
  readonly epoch: number;
  /** When the first member learned of it, since the row began, in its own clock. */
  readonly atMs: number;
  /**
   * The partitions that each subscription was assigned, as the broker names them: `topic-0:0,2 topic-1:1`; empty: none.
   */
  readonly members: Readonly<Record<string, string>>;
}

/** A disturbance that was carried out during the run. */
export interface Disturbed {
  readonly atMs: number;
  /** As `--disturb` writes it, without the share at which it comes: `partitions:6`. */
  readonly what: string;
}

export interface RunRow {
  readonly id: string;
  readonly broker: BrokerInfo;
  readonly client: ClientInfo;
  readonly mode: 'multi' | 'single';
  readonly durable: 'shared' | 'per-topic' | null;
  readonly strategy: string;
  readonly repeat: number;
  /** Where in a sweep it stands; null where there is none. */
  readonly point: SweepPoint | null;
  /** Which clock times and rates are in: `virtual` for the simulator's own, `wall` for real brokers. */
  readonly clock: 'virtual' | 'wall';
  readonly outcome: Outcome;
  /** Why it is violated or inconclusive; none for `ordered`. */
  readonly reasons: readonly Reason[];
  readonly orderJudgedAt: 'start';
  readonly counts: Counts;
  readonly exposure: Exposure;
  readonly reordering: Reordering;
  readonly origins: Origins;
  readonly causes: readonly Cause[];
  readonly unexplained: Explained;
  /** In the order in which they were seen; none on JetStream. The first 1,000. */
  readonly rebalances: readonly Rebalance[];
  readonly disturbances: readonly Disturbed[];
  /** Most events that a strategy which knows versions held back at once; null: the strategy holds none back. */
  readonly bufferDepthMax: number | null;
  readonly throughput: { readonly publishedPerSecond: number | null; readonly handledPerSecond: number | null };
  readonly latencyMs: LatencyMs;
  readonly concurrency: Concurrency;
  readonly latencyHistograms: LatencyHistograms;
  readonly aggregates: readonly AggregateFinding[];
  readonly aggregatesTotal: number;
  readonly aggregatesWithAnomalies: number;
  /** null, like the two below: nothing was seen, or the report is older than these. */
  readonly series: RunSeries | null;
  readonly fetchMatrix: FetchMatrix | null;
  readonly timelines: RunTimelines | null;
  /** In the row's own clock. */
  readonly durationMs: number;
  readonly wallDurationMs: number;
  readonly peakRssBytes: number | null;
  readonly error: RunError | null;
}

export interface RunReport {
  readonly schemaVersion: '2.0';
  readonly tool: { readonly name: 'eventbus-bench'; readonly version: string; readonly gitCommit: string | null };
  readonly command: readonly string[];
  readonly replay: string;
  readonly startedAt: string;
  readonly seed: number | null;
  readonly environment: { readonly node: string; readonly os: string; readonly cpu: string; readonly cores: number };
  /** null where it is not known: a trace whose header is gone. */
  readonly scenario: Scenario | null;
  readonly runs: readonly RunRow[];
  /** The repeats of each row taken together, in the order in which they first ran. */
  readonly groups: readonly RunGroup[];
  /** The rows taken together as candidates; null unless the report is of `compare`. */
  readonly comparison: Comparison | null;
  /** One series for each swept field and row; empty without a sweep. */
  readonly sweeps: readonly SweepSeries[];
}
