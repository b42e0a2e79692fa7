/**
 * The interface of a strategy: a dispatcher and an optional change of the topology, with the guarantee that it claims
 * as data. Each strategy is one file and one line in `registry.ts`.
 */
import type { DispatchContext, Dispatcher } from '../dispatch/dispatcher.js';
import type { BrokerTraits } from '../domain/broker/registry.js';
import type { Guarantee } from '../domain/scenario/guarantee.js';
import type { ModeRow, Scenario } from '../domain/scenario/scenario.js';
import type { Topology } from '../domain/topology.js';

/** Why a strategy cannot be used, and what to do instead. */
export interface Refusal {
  /** What stands against it: a `broker` that lacks what it needs, or `settings` that do not go together. */
  readonly because: 'broker' | 'settings';
  readonly reason: string;
  readonly wayOut: string;
}

export interface Strategy {
  readonly id: string;
  /** One line for help and tables. */
  readonly summary: string;
  /** What the strategy costs, and when it fails, in a few words. */
  readonly costs: string;
  readonly guarantee: Guarantee;
  /** Whether it restores order whatever order its input comes in; only then are split pairs no latent fault. */
  readonly repairsInput: boolean;
  /** Present: its dispatcher reports the deliveries that it holds as in progress, so that no ack wait expires. */
  readonly reportsProgress?: true;
  /** Present: a bus handles one event at a time, however many workers it has. */
  readonly handlesOneAtATime?: true;
  /**
   * Why it cannot be used with a broker, a mode and a number of replicas of the service; null if it can. Absent: it
   * always can. What a broker's version lacks is refused by its driver.
   */
  readonly refuses?: (broker: BrokerTraits, mode: ModeRow, members: number) => Refusal | null;
  /** Changes streams, durables, limits or subscriptions; identity if absent. */
  readonly adaptTopology?: (topology: Topology, scenario: Scenario) => Topology;
  /** How many lanes one dispatcher has; `workers` if absent. Lanes are numbered over all buses. */
  readonly lanes?: (scenario: Pick<Scenario, 'workers' | 'topics'>) => number;
  /** Present: the number of lanes can change while they are busy, so its dispatchers have `resize`. */
  readonly canResize?: true;
  readonly createDispatcher: (context: DispatchContext) => Dispatcher;
}

/** The number of the first lane of a bus: every bus before it takes as many numbers as it may have lanes in the run. */
export function firstLaneOf(
  strategy: Strategy,
  bus: number,
  { topics, workers, disturb }: Pick<Scenario, 'workers' | 'topics' | 'disturb'>,
): number {
  const most = Math.max(workers, ...disturb.map((one) => (one.kind === 'workers' ? one.count : 0)));
  return bus * (strategy.lanes?.({ topics, workers: most }) ?? most);
}

/** Why these disturbances cannot be used with the strategy; null if they can. */
export function refuseDisturbance({ canResize }: Strategy, disturb: Scenario['disturb']): Refusal | null {
  if (canResize === true || disturb.every(({ kind }) => kind !== 'workers')) return null;
  return {
    because: 'settings',
    reason: 'the number of its lanes cannot change while they are busy (--disturb workers)',
    wayOut: 'leave the disturbance out, or take a strategy whose lanes can change, such as keyed-pool',
  };
}
