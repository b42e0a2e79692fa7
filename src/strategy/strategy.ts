/**
 * What is a strategy? An optional change of the topology plus a dispatcher, with the guarantee it claims as data.
 * A strategy is one file and one line in `registry.ts`.
 */
import type { DispatchContext, Dispatcher } from '../dispatch/dispatcher.js';
import type { Topology } from '../domain/topology.js';

export interface Strategy {
  readonly id: string;
  /** One line for help and tables. */
  readonly summary: string;
  /** Order that it claims to keep, given the input it needs. */
  readonly guarantee: 'total' | 'per-aggregate' | 'per-aggregate, first pass' | 'none';
  /** True if it restores order whatever order its input comes in; only then are split pairs no latent fault. */
  readonly repairsInput: boolean;
  /** Changes streams, durables or limits; identity if absent. */
  readonly adaptTopology?: (topology: Topology) => Topology;
  readonly createDispatcher: (context: DispatchContext) => Dispatcher;
}
