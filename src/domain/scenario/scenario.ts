/**
 * The scenario: what is to be run. A {@link Scenario} is fully resolved: every default is spelled out, every value was
 * validated. Its fields are declared in `fields/`, and their types follow from there. Flags and YAML files become a
 * scenario in `scenario/`; nothing else makes one.
 */
import type { BrokerKind } from '../broker/registry.js';
import type { Disturbance } from './disturbance.js';
import type { generalFields, kafkaFields } from './fields/fields.js';
import type { Kind, Value } from './fields/value.js';
import type { DelayRange } from './delay-range.js';
import type { HandlerTime } from './handler-time.js';
import type { SweepPoint } from '../report/sweep-point.js';

/** The rows of the result table, in their order. */
export const modeRows = ['multi/shared', 'multi/per-topic', 'single'] as const;
export type ModeRow = (typeof modeRows)[number];

/**
 * Kinds of anomaly that decide a verdict, defined in docs/CHECKER.md, in the order in which reports name them; `allow`
 * and the count of violations use these names.
 */
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
 * When an aggregate's next version is sent. `serial`: when the last one is acknowledged. `async`: with up to `window`
 * outstanding per aggregate. `pool`: when one of the publisher's `senders` is free, each of which has a connection of its
 * own and waits for its acknowledgements. `capped`: at once; where the publisher has `pending` publishes outstanding
 * already, the call fails without being sent. `handled`: when the last one was handled.
 */
export type PublishMode =
  | { readonly kind: 'serial' }
  | { readonly kind: 'async'; readonly window: number }
  | { readonly kind: 'pool'; readonly senders: number }
  | { readonly kind: 'capped'; readonly pending: number }
  | { readonly kind: 'handled' };

/** The connections that a publisher sends over. */
export function connectionsOf(mode: PublishMode): number {
  return mode.kind === 'pool' ? mode.senders : 1;
}

/** A mode and the strategy in it; the report has a row of each on every broker and for every repeat. */
export interface RowSpec {
  readonly mode: ModeRow;
  readonly strategy: string;
}

/**
 * The names by which an expectation may refer to a row, the most specific first: `nats:multi/shared+keyed-pool`,
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
  /** Ids of the causes that the row must name, latent ones aside; it names no others, except those of `beside`. */
  readonly causes?: readonly string[];
  /** Ids of causes that the row may name too. */
  readonly beside?: readonly string[];
  /** Ids of causes that must be at work in the row, be it without having broken anything. */
  readonly latent?: readonly string[];
}

/** The type of a resolved value of each kind; for kinds that list their values, see {@link ValueOf}. */
interface ResolvedValues {
  readonly integer: number;
  readonly number: number;
  readonly integerOr: number | null;
  readonly rate: number | null;
  /** Milliseconds, as are the next three. */
  readonly duration: number;
  readonly durationOrZero: number;
  readonly durationOrNone: number | null;
  readonly delayOrNone: DelayRange | null;
  readonly durations: readonly number[];
  readonly share: number;
  readonly shareBetween: number;
  readonly switch: boolean;
  readonly name: string;
  readonly text: string;
  readonly expressions: readonly string[];
  readonly publishMode: PublishMode;
  readonly handlerTime: HandlerTime;
  readonly disturbances: readonly Disturbance[];
  readonly anomalies: readonly AnomalyKind[];
  /** Each once. */
  readonly brokers: readonly BrokerKind[];
  readonly strategies: readonly string[];
  readonly rowNames: readonly string[];
  /** By row, see {@link expectationKeysOf}. */
  readonly expectations: Readonly<Record<string, RowExpectation>>;
  readonly sweep: readonly SweepPoint[];
  readonly modeRows: readonly ModeRow[];
  readonly strategyIds: readonly string[];
  readonly rowSpecs: readonly RowSpec[];
  readonly kafkaSettings: KafkaSettings;
}

/** The type of such a value once it is resolved. */
export type ValueOf<V extends { readonly kind: Kind }> = V extends { readonly of: readonly (infer Choice)[] }
  ? V extends { readonly kind: 'oneOrSeveral' }
    ? readonly Choice[]
    : Choice
  : V['kind'] extends keyof ResolvedValues
    ? ResolvedValues[V['kind']]
    : never;

/**
 * The name under which a scenario holds a field: its own unless declared otherwise; never if the scenario does not hold
 * it.
 */
type ResolvedName<F, Own> = F extends { readonly resolved: null }
  ? never
  : F extends { readonly resolved: { readonly name: infer Name extends string } }
    ? Name
    : Own;

type ResolvedField<F> = F extends { readonly value: infer V extends Value }
  ? ValueOf<V> | (F extends { readonly absent: null } ? null : never)
  : never;

/** The type of a set of fields once they are resolved. */
export type Resolved<Fields> = {
  readonly [F in keyof Fields as ResolvedName<Fields[F], F>]: ResolvedField<Fields[F]>;
};

/** Settings of brokers that speak Kafka; without effect on others, except for `partitions`. */
export type KafkaSettings = Resolved<typeof kafkaFields>;

export interface Scenario extends Resolved<typeof generalFields> {
  /** The modes that occur in `rows`, in table order. */
  readonly modes: readonly ModeRow[];
  /** The strategies that occur in `rows`, each once. */
  readonly strategies: readonly string[];
  /** In the order in which they run; at least one. */
  readonly rows: readonly RowSpec[];
  readonly kafka: KafkaSettings;
}

/** When a handled event is acknowledged. */
export type AckPolicy = Scenario['ack'];

/**
 * What a bus that knows versions does about one that does not come: waits on, goes on without it, or sets the
 * aggregate's later events aside unhandled.
 */
export type GapPolicy = Scenario['gapPolicy'];

/** What a full queue does with one event more. */
export type OverflowPolicy = Scenario['overflow'];

/** Mode and durable of a row, as the report has them; the durable is null where the mode has no choice. */
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

/** The inverse of {@link modeOfRow}. */
export function modeRowOf({ mode, durable }: ReturnType<typeof modeOfRow>): ModeRow {
  if (mode === 'single') return 'single';
  return durable === 'shared' ? 'multi/shared' : 'multi/per-topic';
}
