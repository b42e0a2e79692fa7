/**
 * Observations record what happens to events on their way through the bus, and to the run around them.
 *
 * Most observations are one delivery that passes one stage: publish → store → deliver → submit → start → finish → ack.
 * Each carries a stamp of the run's logical clock (one counter for all threads, from 1 up, every value taken exactly
 * once), so all observations of a run are totally ordered without trusting wall clocks. Wall times, in milliseconds
 * since the run began, serve for latency only.
 *
 * An observation is a tagged union: its kind, and the record of what was observed. Records of deliveries and attempts
 * pass several stages and gain stamps on the way. Aggregates, topics and subscriptions are small integers in all
 * records; {@link Names} gives back their names.
 */
import type { RunNote } from './run-note.js';

/** The stages at which order can be lost, in pipeline order. */
export const stages = ['publish', 'store', 'deliver', 'submit', 'start', 'finish'] as const;
export type Stage = (typeof stages)[number];

/** Where a pair of events first came into the wrong order; `unknown` where a stamp is missing. */
export type Origin = Stage | 'unknown';

/** Where a pair lost order, as far as its stages were seen. */
export interface OriginBetween {
  /** The last stage seen at which the pair was in order; null: it was seen at none before. */
  readonly after: Stage | null;
  /** The first stage seen at which it was not. */
  readonly by: Stage;
}

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
  readonly event: PublishedEvent;
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

/** A delivery is answered (ack, nak, term), or its ack wait begins anew (progress). */
export interface Acknowledgement {
  readonly delivery: Delivery;
  readonly kind: AckKind;
  readonly stamp: number;
  readonly atMs: number;
}

/**
 * One observation. All kinds are objects of the same two fields, so that reading the kind is cheap: there are seven
 * observations per event, and several sinks see each.
 */
export type Observation =
  | { readonly kind: 'publish'; readonly record: PublishedEvent }
  | { readonly kind: 'publish-result'; readonly record: PublishResult }
  /** Once for each delivery, with `deliverStamp` set. */
  | { readonly kind: 'deliver'; readonly record: Delivery }
  /** With `submitStamp` set; none for a delivery that the dispatcher refused. */
  | { readonly kind: 'submit'; readonly record: Delivery }
  | { readonly kind: 'start'; readonly record: Attempt }
  /** With `finishStamp` and `outcome` set. */
  | { readonly kind: 'finish'; readonly record: Attempt }
  | { readonly kind: 'ack'; readonly record: Acknowledgement }
  | { readonly kind: 'note'; readonly record: RunNote };

export const observationKinds = [
  'publish',
  'publish-result',
  'deliver',
  'submit',
  'start',
  'finish',
  'ack',
  'note',
] as const satisfies readonly Observation['kind'][];
export type ObservationKind = Observation['kind'];

/** The stamp of an observation: its place in the order of the run. */
export function stampOf({ kind, record }: Observation): number {
  switch (kind) {
    case 'publish':
      return record.publishStamp;
    case 'deliver':
      return record.deliverStamp;
    case 'submit':
      return record.submitStamp;
    case 'start':
      return record.startStamp;
    case 'finish':
      return record.finishStamp;
    case 'publish-result':
    case 'ack':
    case 'note':
      return record.stamp;
  }
}

/**
 * Receives the observations of a run **in stamp order**. Checker, latency recorder, trace writer and progress counter
 * are sinks. A sink must not keep or change the records that it is handed; it copies what it needs later.
 */
export interface ObservationSink {
  /** The kinds that the sink makes use of; absent: all. It may be handed others too. */
  readonly uses?: readonly ObservationKind[];
  observe(observation: Observation): void;
}
