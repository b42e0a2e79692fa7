/**
 * What a protocol is like: the questions that everything outside a driver asks instead of which broker it is. The
 * answers stand in `registry.ts`.
 */
import type { DisturbanceAction } from '../scenario/disturbance.js';
import type { TopologyKind } from '../topology.js';

export interface ProtocolTraits {
  /** As messages name it. */
  readonly name: string;
  /** Which topology its modes make and its drivers take; see `topology.ts`. */
  readonly topology: TopologyKind;
  /** `shared`: one log orders the events of all topics. `per topic`: every topic has a log, or several, of its own. */
  readonly logs: 'shared' | 'per topic';
  /** A delivery that is not acknowledged within its ack wait comes again. */
  readonly redelivers: boolean;
  /** A queue keeps a position instead of every acknowledgement: after a crash all behind the last commit comes again. */
  readonly commitsPositions: boolean;
  /** A queue is shared out among members that come and go, each with a session that lasts while it heartbeats. */
  readonly rebalances: boolean;
  /** A topic is cut into partitions: the message key chooses one, and it belongs to one member of a queue at a time. */
  readonly isPartitioned: boolean;
  /** Acks, retries and requests in flight of its producers are settings, on which the order of publishing depends. */
  readonly hasProducerSettings: boolean;
  /** A queue stalls at a number of unacknowledged deliveries. */
  readonly limitsUnacknowledged: boolean;
  /** A queue can ask for some subjects of a log only. */
  readonly filtersSubjects: boolean;
  /** A queue can serve one of its subscriptions and have the others stand by. */
  readonly pinsClients: boolean;
  /** A client can have a queue without acks that it makes again behind the last message seen. */
  readonly hasOrderedConsumers: boolean;
  /** What can be done to a run. */
  readonly disturbances: readonly DisturbanceAction['kind'][];
  /** Ids of the strategies that handle one event of a queue at a time, or a queue's parts side by side, by its own means. */
  readonly ownStrategies: { readonly serial: string; readonly concurrent: string };
}
