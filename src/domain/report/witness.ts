/**
 * A witness: one anomaly that a cause explains, told stage by stage. Each of its events has what was seen of it at
 * publish, store, deliver, submit, start and finish, and how it was answered. What was not seen is null. Times are in
 * milliseconds since the run began, stamps those of the run's logical clock.
 */
import type { Origin } from '../observation.js';
import type { Again, AnomalySignature, ExplainedKind } from './anomaly-signature.js';

/** What has become of a delivery: it waits in the bus, is being handled, or has left the bus in one of several ways. */
export const deliveryStates = [
  'waiting',
  'running',
  'failed',
  'done',
  'retried',
  'crashed',
  'rejected',
  'discarded',
  'given-back',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const answers = ['ack', 'nak', 'term'] as const;
export type Answer = (typeof answers)[number];

/** When something was seen, in the run's logical clock and in its time. */
export interface Moment {
  readonly stamp: number;
  readonly atMs: number;
}

/** What happened to the run, rather than to one event, and may break order. */
export const incidents = ['resize', 'rebalance', 'crash', 'partitions', 'produce-retry', 'failure'] as const;
export type Incident = (typeof incidents)[number];

export interface IncidentMoment extends Moment {
  readonly what: Incident;
}

/** One delivery of an event, with what came before it and after it. */
export interface WitnessEvent {
  readonly version: number;
  readonly publisher: number | null;
  /** The publish call, as the message itself tells it. */
  readonly publish: Moment | null;
  readonly store: {
    readonly topic: string | null;
    readonly partition: number | null;
    /** Stream sequence, or Kafka offset + 1. */
    readonly position: number | null;
  };
  readonly deliver:
    | (Moment & {
        readonly subscription: string;
        /** The durable or consumer group that it came from. */
        readonly queue: string | null;
        /** The subscription owns the event's topic. */
        readonly owned: boolean;
        /** The broker's own count, from 1. */
        readonly deliveryCount: number | null;
        /** Why it was delivered again; null: it was not. */
        readonly again: Again | null;
      })
    | null;
  /** Its place in the dispatcher's inbox. */
  readonly submitStamp: number | null;
  readonly start:
    | (Moment & {
        /** -1: outside the lanes. */
        readonly lane: number;
        /** From 1. */
        readonly attempt: number;
      })
    | null;
  readonly finish: Moment | null;
  /** What became of this delivery; null: there was none. */
  readonly state: DeliveryState | null;
  readonly answer: (Moment & { readonly kind: Answer }) | null;
}

export interface CauseWitness {
  readonly kind: ExplainedKind;
  readonly aggregateId: string;
  /** The stage at which two events came into the wrong order; null: the anomaly is not about two. */
  readonly crossedAt: Origin | null;
  /**
   * How bad it is, by which the worst is found: of a regression the places between the two; of a store inversion the
   * versions between them; of a split key the consecutive versions that lie in different partitions.
   */
  readonly extent: number | null;
  /**
   * Of a completion inversion by how much it finished after the other event; of an overlap how long the first had been
   * running when the second started; of a duplicate how long the event had been published.
   */
  readonly lagMs: number | null;
  /** When it was seen; null: not at one moment. */
  readonly stamp: number | null;
  /** The event that came late, came again, ran beside another one, or was lost. */
  readonly event: WitnessEvent;
  /** The delivery of the same event before this one, or, if that was handled later, after it; null: none is known. */
  readonly otherDelivery: WitnessEvent | null;
  /** The event that it crossed with. */
  readonly otherEvent: WitnessEvent | null;
  /** What happened to the run that the anomaly fell into, as far as its mechanism has to do with it. */
  readonly amid: IncidentMoment | null;
}

/** Examples that are kept of each signature, and witnesses that a cause has, at most. */
export const witnessesMax = 3;

/** A signature, how many anomalies bear it, and the worst of them, at most {@link witnessesMax}. */
export interface SignatureCount {
  readonly signature: AnomalySignature;
  readonly count: number;
  readonly examples: readonly CauseWitness[];
}
