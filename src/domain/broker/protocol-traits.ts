/**
 * The traits of a protocol. Code outside a driver asks for a trait, never for the kind of broker; `registry.ts` has the
 * values.
 */
import type { DisturbanceAction } from '../scenario/disturbance.js';
import type { TopologyKind } from '../topology.js';

export interface ProtocolTraits {
  /** Its name in messages. */
  readonly name: string;
  /** Its name in OpenTelemetry's conventions for messaging, and their attribute of an offset, if it has offsets. */
  readonly spans: { readonly system: string; readonly offset: string | null };
  /** The kind of topology that its modes make and its drivers take; see `topology.ts`. */
  readonly topology: TopologyKind;
  /** `shared`: one log orders the events of all topics. `per topic`: every topic has a log, or several, of its own. */
  readonly logs: 'shared' | 'per topic';
  /** The broker delivers again what is not acknowledged within the ack wait. */
  readonly redelivers: boolean;
  /** A queue keeps a committed position, not each ack: after a crash, everything behind the last commit comes again. */
  readonly commitsPositions: boolean;
  /** A queue is shared out among members that come and go, each with a session that lasts while it heartbeats. */
  readonly rebalances: boolean;
  /**
   * A topic is cut into partitions. The message key chooses one, and each belongs to one member of a queue at a time.
   */
  readonly isPartitioned: boolean;
  /** Its producers have settings (acks, retries, requests in flight) on which the order of publishing depends. */
  readonly hasProducerSettings: boolean;
  /** A queue stalls at a number of unacknowledged deliveries. */
  readonly limitsUnacknowledged: boolean;
  /** A queue can ask for some subjects of a log only. */
  readonly filtersSubjects: boolean;
  /** A queue can serve one of its subscriptions and have the others stand by. */
  readonly pinsClients: boolean;
  /** It has ordered consumers: queues without acks, which the client makes again behind the last message seen. */
  readonly hasOrderedConsumers: boolean;
  /** The disturbances that a run on it can have. */
  readonly disturbances: readonly DisturbanceAction['kind'][];
  /**
   * Ids of the strategies that use the broker's own means: one event of a queue at a time, or its parts side by side.
   */
  readonly ownStrategies: { readonly serial: string; readonly concurrent: string };
}
