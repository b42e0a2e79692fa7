/**
 * What a strategy is: an optional change of the topology plus a dispatcher, with the guarantee it claims as data. A
 * strategy is one file and one line in `registry.ts`.
 */
import type { DispatchContext, Dispatcher } from '../dispatch/dispatcher.js';
import type { BrokerTraits } from '../domain/broker/registry.js';
import type { Guarantee } from '../domain/scenario/guarantee.js';
import type { ModeRow, Scenario } from '../domain/scenario/scenario.js';
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
  /** Whether its dispatcher reports what it has in hand as in progress, so that no ack wait expires over it. */
  readonly reportsProgress?: true;
  /** Where it cannot be had, by broker and mode; what a broker's version lacks its driver says. Absent: it always can. */
  readonly refuses?: (broker: BrokerTraits, mode: ModeRow) => Refusal | null;
  /** Changes streams, durables, limits or subscriptions; identity if absent. */
  readonly adaptTopology?: (topology: Topology, scenario: Scenario) => Topology;
  /** Lanes that one dispatcher has; `workers` if absent. Lanes are numbered over all buses. */
  readonly lanes?: (scenario: Pick<Scenario, 'workers' | 'topics'>) => number;
  /** Whether the number of its lanes can change while they are busy: whether its dispatchers have `resize`. */
  readonly canResize?: true;
  readonly createDispatcher: (context: DispatchContext) => Dispatcher;
}

/** The number of the first lane of a bus: lanes of the buses before it come first. */
export function firstLaneOf(
  strategy: Strategy,
  bus: number,
  { topics, workers, disturb }: Pick<Scenario, 'workers' | 'topics' | 'disturb'>,
): number {
  const most = Math.max(workers, ...disturb.map((one) => (one.kind === 'workers' ? one.count : 0)));
  return bus * (strategy.lanes?.({ topics, workers: most }) ?? most);
}

/** Why the strategy cannot be disturbed so; null if it can. */
export function refuseDisturbance({ canResize }: Strategy, disturb: Scenario['disturb']): Refusal | null {
  if (canResize === true || disturb.every(({ kind }) => kind !== 'workers')) return null;
  return {
    reason: 'the number of its lanes cannot change while they are busy (--disturb workers)',
    wayOut: 'leave the disturbance out, or take a strategy whose lanes can change, such as keyed-pool',
  };
}
