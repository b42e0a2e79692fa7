/**
 * What is a strategy? An optional change of the topology plus a dispatcher, with the guarantee it claims as data.
 * A strategy is one file and one line in `registry.ts`.
 */
import type { DispatchContext, Dispatcher } from '../dispatch/dispatcher.js';
import type { Guarantee } from '../domain/guarantee.js';
import type { ModeRow, Scenario } from '../domain/scenario.js';
import type { Topology } from '../domain/topology.js';

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
  /** Lanes that one dispatcher has; `workers` if absent. Lanes are numbered over all buses. */
  readonly lanes?: (scenario: Pick<Scenario, 'workers' | 'topics'>) => number;
  readonly createDispatcher: (context: DispatchContext) => Dispatcher;
}

/** The number of the first lane of a bus: lanes of the buses before it come first. */
export function firstLaneOf(strategy: Strategy, bus: number, scenario: Pick<Scenario, 'workers' | 'topics'>): number {
  return bus * (strategy.lanes?.(scenario) ?? scenario.workers);
}
