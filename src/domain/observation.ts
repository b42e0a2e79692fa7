/**
 * What does one see of an event on its way through the bus?
 *
 * An *observation* is one delivery passing one stage: publish → store → deliver → submit → start → finish → ack. Each
 * carries a stamp of the run's logical clock (one counter for all threads, from 1 up, every value taken exactly once),
 * so all observations of a run are totally ordered without trusting wall clocks. Wall times, in milliseconds since the
 * run began, serve for latency only.
 *
 * Aggregates, topics and subscriptions are small integers here; {@link Names} gives back their names.
 */

/** The stages at which order can be lost, in pipeline order. */
export const stages = ['publish', 'store', 'deliver', 'submit', 'start', 'finish'] as const;
export type Stage = (typeof stages)[number];

/** Where a pair of events first came into the wrong order; `unknown` where a stamp is missing. */
export type Origin = Stage | 'unknown';

/** What the integers in observations stand for: index → name. */
export interface Names {
  readonly aggregates: readonly string[];
  readonly topics: readonly string[];
  readonly subscriptions: readonly string[];
}

/** A stamp or position that was not recorded. */
export const missing = 0;

/** One call to publish. The one publisher that owns the aggregate assigned the version as it made the call. */
export interface PublishedEvent {
  readonly aggregate: number;
  readonly topic: number;
  /** From 1, rising by 1 within an aggregate. */
  readonly version: number;
  readonly publisher: number;
  /** Stamp of the call; 0 if unknown. */
  readonly publishStamp: number;
  /** When the call was made; where a rate is set, when it was due. */
  readonly publishedAtMs: number;
}

/** How a publish call settled. */
export interface PublishResult {
  readonly stamp: number;
  readonly atMs: number;
  /** False: an error or no answer, so whether it was stored is not known. */
  readonly ok: boolean;
  /** Partition of the log: 0 on JetStream. -1 if unknown. */
  readonly partition: number;
  /** Stream sequence, or Kafka offset + 1; 0 if unknown. */
  readonly position: number;
  /** True if the broker said that it had stored this message before (deduplicated). */
  readonly duplicate: boolean;
  readonly error: string | null;
}

/** One hand-over of an event from broker to client. Later stages fill in their stamps. */
export interface Delivery {
  /** Unique within the run. */
  readonly id: number;
  readonly aggregate: number;
  readonly topic: number;
  readonly version: number;
  readonly publisher: number;
  /** Stamp of the publish call as carried by the message itself; 0 if unknown. */
  readonly publishStamp: number;
  readonly publishedAtMs: number;
  readonly partition: number;
  /** Stream sequence, or Kafka offset + 1; 0 if unknown. */
  readonly position: number;
  /** The broker's own count, from 1; null where the broker has none (Kafka). */
  readonly deliveryCount: number | null;
  /** Index of the subscription that fetched it. */
  readonly subscription: number;
  /** True if that subscription owns the event's topic (by topology; by assignment on Kafka). */
  readonly owned: boolean;
  readonly deliverStamp: number;
  readonly deliveredAtMs: number;
  /** Handle by which its connection acknowledges it; meaningless elsewhere. */
  readonly ackToken: number;
  /** Its place in the dispatcher's inbox; 0 until it was submitted. */
  submitStamp: number;
}

/** `retried`: failed, and the bus, which still holds the delivery, will try again. */
export const attemptOutcomes = ['failed', 'done', 'retried', 'crashed'] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** One start of the handler for a delivery. Attempts after a delivery's first are retries, not duplicates. */
export interface Attempt {
  readonly delivery: Delivery;
  /** From 1. */
  readonly number: number;
  /** Index of the serial executor; -1 when handled outside the lanes. */
  readonly lane: number;
  readonly startStamp: number;
  readonly startedAtMs: number;
  /** 0 until finished. */
  finishStamp: number;
  finishedAtMs: number;
  outcome: AttemptOutcome | null;
}

/** `progress` is no answer: the delivery is still in hand, and its ack wait begins anew. */
export const ackKinds = ['ack', 'nak', 'term', 'progress'] as const;
export type AckKind = (typeof ackKinds)[number];

/** Something that happened to the run rather than to one event. */
export interface RunNote {
  readonly kind:
    | 'nak'
    | 'redelivery'
    | 'reconnect'
    | 'rebalance'
    | 'disturbance'
    | 'fault'
    | 'drain'
    | 'pull-ended'
    /** The subscription is dead, or has left for good (`subscription`). Not told of the regular end of a run. */
    | 'subscription-ended'
    /** A dispatcher has really got another number of lanes (`bus`, `from`, `to`). */
    | 'resized'
    /** A member has really paused partitions that it owns (`subscription`, `partitions`). */
    | 'paused'
    /** The time between two heartbeats of a member was longer than any before (`subscription`, `gapMs`). */
    | 'heartbeat'
    /** The dispatcher's inbox took the delivery not. */
    | 'rejected'
    /** The dispatcher acknowledged the delivery without handling it. */
    | 'discarded'
    /** The dispatcher let go of the delivery without handling it, for the broker to deliver it again. */
    | 'given-back'
    /** The service died with the delivery in its memory, not started. */
    | 'crashed'
    /** The dispatcher's buffer of early events got deeper than ever (`depth`), or it gave a missing version up (`gap`). */
    | 'resequencer';
  readonly stamp: number;
  readonly atMs: number;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/** Whether a note says that the bus holds a delivery no longer, though no handler of it has ended. */
export function releasesDelivery(kind: RunNote['kind']): boolean {
  return kind === 'rejected' || kind === 'discarded' || kind === 'given-back' || kind === 'crashed';
}

/** What such a note says of the delivery, so that nobody has to remember deliveries by their id. */
export function releasedDetail(delivery: Delivery): RunNote['detail'] {
  const { id, aggregate, topic, version, partition, subscription } = delivery;
  return { delivery: id, aggregate, topic, version, partition, subscriptionIndex: subscription };
}

/**
 * Receives the observations of a run **in stamp order**. Checker, latency recorder, trace writer and progress counter
 * are sinks. A sink must not keep or change what it is handed, other than through its own copy.
 */
export interface ObservationSink {
  publish(event: PublishedEvent): void;
  publishResult(event: PublishedEvent, result: PublishResult): void;
  /** Called once per delivery, with `deliverStamp` set. */
  deliver(delivery: Delivery): void;
  /** Called with `submitStamp` set; not called for a delivery that the dispatcher refused. */
  submit(delivery: Delivery): void;
  start(attempt: Attempt): void;
  /** Called with `finishStamp` and `outcome` set. */
  finish(attempt: Attempt): void;
  ack(delivery: Delivery, kind: AckKind, stamp: number, atMs: number): void;
  note(note: RunNote): void;
}
