/**
 * Which streams, durables and subscriptions does a run make, and which is bound to which? Modes make a topology,
 * strategies may change it, drivers honour it or refuse it before anything is published.
 */

/** Every stream that this tool makes begins so; `clean` touches nothing else. */
export const streamMark = 'EVENTBUS_BENCH_';

export interface StreamSpec {
  readonly name: string;
  /** One subject a topic, in topic order. */
  readonly subjects: readonly string[];
}

export interface DurableSpec {
  readonly name: string;
  /** Empty: no filter, so every subject of the stream. */
  readonly filterSubjects: readonly string[];
  readonly ackWaitMs: number;
  readonly maxAckPending: number;
  /** null: unlimited. */
  readonly maxDeliver: number | null;
  readonly backoffMs: readonly number[];
}

export interface SubscriptionSpec {
  /** Index in {@link Topology.subscriptions}. */
  readonly index: number;
  readonly name: string;
  /** Name of the durable that it pulls from. */
  readonly durable: string;
  /** Topics that this subscription is there for; a delivery of another topic is a misroute. */
  readonly ownsTopics: readonly number[];
}

export interface Topology {
  readonly stream: StreamSpec;
  readonly durables: readonly DurableSpec[];
  readonly subscriptions: readonly SubscriptionSpec[];
}
