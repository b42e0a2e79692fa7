/**
 * What is to be run? A {@link Scenario} is fully resolved: every default is spelled out, every value was validated.
 * Flags and YAML files become one in `scenario/`; nothing else makes one.
 */
import type { BrokerKind } from '../broker/registry.js';
import type { Disturbance } from './disturbance.js';
import type { HandlerTime, HandlerTimeBy } from './handler-time.js';
import type { KafkaSettings } from '../kafka.js';
import type { SweepPoint } from '../report/sweep-point.js';

/** The rows of the result table, in their order. */
export const modeRows = ['multi/shared', 'multi/per-topic', 'single'] as const;
export type ModeRow = (typeof modeRows)[number];

export const ackPolicies = ['after-handling', 'on-delivery', 'never'] as const;
export type AckPolicy = (typeof ackPolicies)[number];

/** How a handling fails: sent back at once; with nobody to answer for it; or by taking until its time-out, then sent back. */
export const handlerFailures = ['nak', 'throw', 'timeout'] as const;
export type HandlerFailure = (typeof handlerFailures)[number];

/**
 * What a bus that knows versions does about one that does not come: waits on, goes on without it, or sets the
 * aggregate's later events aside unhandled.
 */
export const gapPolicies = ['wait', 'skip', 'park'] as const;
export type GapPolicy = (typeof gapPolicies)[number];

export const overflowPolicies = ['block', 'reject', 'inline'] as const;
export type OverflowPolicy = (typeof overflowPolicies)[number];

/** Kinds of anomaly that decide a verdict, by their SEMANTICS name; `allow` and the count of violations speak of these. */
export const anomalyKinds = [
  'regression',
  'duplicate',
  'loss',
  'phantom',
  'store-inversion',
  'split-key',
  'overlap',
  'completion-inversion',
] as const;
export type AnomalyKind = (typeof anomalyKinds)[number];

export const outcomes = ['ordered', 'violated', 'inconclusive'] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * When is an aggregate's next version sent? `serial`: when the last one is acknowledged. `async`: with up to `window`
 * outstanding per aggregate. `handled`: when the last one was handled.
 */
export type PublishMode =
  { readonly kind: 'serial' } | { readonly kind: 'async'; readonly window: number } | { readonly kind: 'handled' };

/** What the report has a row of, on every broker and for every repeat: a mode, and the strategy in it. */
export interface RowSpec {
  readonly mode: ModeRow;
  readonly strategy: string;
}

/**
 * By which names an expectation may speak of a row, those that say most first: `nats:multi/shared+keyed-pool`,
 * `multi/shared+keyed-pool`, `nats:multi/shared`, `multi/shared`.
 */
export function expectationKeysOf({ mode, strategy }: RowSpec, broker: string): readonly string[] {
  return [`${broker}:${mode}+${strategy}`, `${mode}+${strategy}`, `${broker}:${mode}`, mode];
}

/** What a scenario file expects of a row; a row that differs breaches the scenario's gate. */
export interface RowExpectation {
  /** Any of these outcomes will do. */
  readonly outcome?: readonly Outcome[];
  /** Expressions over the row as `--fail-on` has them, all of which must hold: `regressions>0`. */
  readonly that?: readonly string[];
}

export interface Scenario {
  /** Used in the report's file name: letters, digits, dot, dash and underscore. */
  readonly name: string;
  /** At least one, each once; every row is run on each. */
  readonly brokers: readonly BrokerKind[];
  /** Those that occur in `rows`, in table order. */
  readonly modes: readonly ModeRow[];
  /** Those that occur in `rows`, each once. */
  readonly strategies: readonly string[];
  /** In the order in which they run; at least one. */
  readonly rows: readonly RowSpec[];
  /** One field at a time takes other values; every row is run at each. Empty: no sweep. */
  readonly sweep: readonly SweepPoint[];
  readonly seed: number;
  /** Times that every row is run; at least, where `untilAtRisk` or a confidence is given. */
  readonly repeat: number;
  /** Rounds of all rows that are run before the first repeat, and not reported. */
  readonly warmUp: number;
  /** Pairs at risk that every row is to see over its repeats, which go on until then; null: `repeat` decides. */
  readonly untilAtRisk: number | null;
  /** Pairs at risk below which a run is inconclusive; at least 1. */
  readonly minAtRisk: number;

  readonly topics: number;
  readonly aggregates: number;
  /** Versions per aggregate; on average, where keys are skewed. */
  readonly versions: number;
  /** Zipf exponent: aggregate i, from 0, gets a share of all events in proportion to 1 / (i + 1) ^ skew. 0: even. */
  readonly skew: number;
  readonly publish: PublishMode;
  /** Events per second over all publishers; null: as fast as they go. */
  readonly ratePerSecond: number | null;
  /** More than 1 is the fault `several publishers own one aggregate`. */
  readonly publishersPerAggregate: number;
  /** `spread` is the fault `one aggregate on several topics`: version v goes to topic (home + v − 1) mod topics. */
  readonly topicChoice: 'home' | 'spread';
  /** Within what order is promised. */
  readonly orderScope: 'topic' | 'aggregate';

  /** Messages asked for by one pull request. */
  readonly batch: number;
  /** Expiry of one pull request. */
  readonly maxWaitMs: number;
  readonly ackWaitMs: number;
  readonly maxAckPending: number;
  /** Deliveries of one message before the broker gives up; null: unlimited. */
  readonly maxDeliver: number | null;
  /** Replaces the ack wait per delivery; empty: none. */
  readonly backoffMs: readonly number[];
  readonly ack: AckPolicy;

  /** Of the brokers that speak Kafka; without effect on others, but for its partitions. */
  readonly kafka: KafkaSettings;
  /** What is done to the run while it goes on, in the order in which it comes. */
  readonly disturb: readonly Disturbance[];

  readonly workers: number;
  /** Places in the dispatcher's inbox. */
  readonly queueSize: number;
  /** Places in one lane, behind the event that it is handling. */
  readonly laneSize: number;
  readonly overflow: OverflowPolicy;
  /** Of strategies that know versions. */
  readonly gapPolicy: GapPolicy;
  /** After how long a missing version counts as a gap. */
  readonly gapTimeoutMs: number;
  readonly handlerTime: HandlerTime;
  /** Whether it is drawn anew for every event, or once for each aggregate. */
  readonly handlerTimeBy: HandlerTimeBy;
  /** Share of attempts, 0 to 1, that fail. */
  readonly handlerFailShare: number;
  readonly handlerFailure: HandlerFailure;
  /** How long a handling that fails by time-out takes. */
  readonly handlerTimeoutMs: number;

  /** How long a run may go on after the last publish has settled before its drain counts as incomplete. */
  readonly drainTimeoutMs: number;
  readonly allow: readonly AnomalyKind[];
  /** Which rows the gates speak of, by name (see {@link expectationKeysOf}); empty: all. */
  readonly gateRows: readonly string[];
  /** Gate: more violations than this in any row is a breach; null: no such gate. */
  readonly maxViolations: number | null;
  /** Gate: any expression that holds in any row is a breach. */
  readonly failOn: readonly string[];
  /**
   * How sure a gate is to be, more than 0 and less than 1, that at most a share `within` of runs loses order: repeats go
   * on until so many were ordered. Both are given, or both are null.
   */
  readonly confidence: number | null;
  /** Share of runs, more than 0 and less than 1. */
  readonly within: number | null;
  /** Gate: by row (see {@link expectationKeysOf}), what is expected. */
  readonly expect: Readonly<Record<string, RowExpectation>>;
}

/** The durable part of a row's name, as the report has it: null where the mode has no choice. */
export function modeOfRow(row: ModeRow): { mode: 'multi' | 'single'; durable: 'shared' | 'per-topic' | null } {
  switch (row) {
    case 'multi/shared':
      return { mode: 'multi', durable: 'shared' };
    case 'multi/per-topic':
      return { mode: 'multi', durable: 'per-topic' };
    case 'single':
      return { mode: 'single', durable: null };
  }
}

/** The other way round. */
export function modeRowOf({ mode, durable }: ReturnType<typeof modeOfRow>): ModeRow {
  if (mode === 'single') return 'single';
  return durable === 'shared' ? 'multi/shared' : 'multi/per-topic';
}
