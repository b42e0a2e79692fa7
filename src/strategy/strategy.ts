/**
 * What is a strategy? An optional change of the topology plus a dispatcher, with the guarantee it claims as data.
 * A strategy is one file and one line in `registry.ts`.
 */
import type { DispatchContext, Dispatcher } from '../dispatch/dispatcher.js';
import type { ModeRow, Scenario } from '../domain/scenario.js';
import type { Topology } from '../domain/topology.js';

/** What a strategy promises of the order in which handlers start, given input in that order unless it repairs it. */
export interface Guarantee {
  /**
   * Whose events start in order: all of the bus, each aggregate's, those of an aggregate that were never delivered
   * before, those of a partition, nobody's.
   */
  readonly order: 'total' | 'per-aggregate' | 'per-aggregate, first pass' | 'per-partition' | 'none';
  /** Whether that still holds when … */
  readonly survives: {
    /** … a handling fails or its ack wait expires, so that the broker delivers again; */
    readonly redelivery: boolean;
    /** … the service dies in the middle and another takes its place; */
    readonly crash: boolean;
    /** … the number of lanes, or of partitions, changes. */
    readonly resize: boolean;
  };
}

/** Why a strategy cannot be had. */
export interface Refusal {
  readonly reason: string;
  readonly wayOut: string;
}

export interface Strategy {
  readonly id: string;
  /** One line for help and tables. */
  readonly summary: string;
  /** What it costs, and when it fails, in a few words. */
  readonly costs: string;
  readonly guarantee: Guarantee;
  /** True if it restores order whatever order its input comes in; only then are split pairs no latent fault. */
  readonly repairsInput: boolean;
  /** Where it cannot be had, by protocol and mode; what a broker's version lacks its driver says. Absent: it always can. */
  readonly refuses?: (protocol: 'jetstream' | 'kafka', mode: ModeRow) => Refusal | null;
  /** Changes streams, durables, limits or subscriptions; identity if absent. */
  readonly adaptTopology?: (topology: Topology, scenario: Scenario) => Topology;
  readonly createDispatcher: (context: DispatchContext) => Dispatcher;
}
