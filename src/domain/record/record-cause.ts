/**
 * The causes that a record proves, as a report has them. A cause is named only where the record has all lines and fields
 * by which it is told from every other mechanism that could leave the same anomalies, and where what it shows as a whole
 * speaks against those. What is missing is data as well, so that a report can say what would tell.
 */
import type { ExplainedKind } from '../report/anomaly-signature.js';
import type { Cause, Explained } from '../report/run-report.js';
import type { RecordEvent, RecordField, WrittenVersion } from './record-fields.js';

/** What must be true of a record as a whole before a cause is named, beside the lines and fields that it has. */
export const recordConditions = [
  /** Versions rise by one. */
  'dense',
  /** No line was bad, and none was left out. */
  'all-read',
  /** Each aggregate is in one source. */
  'one-source',
  /** Every line has a topic. */
  'topics-named',
  /** Every start, finish and ack is joined to a deliver line. */
  'all-joined',
  /** No event was published twice, or lies in two places of the log. */
  'published-once',
  /** Every delivery is of an event whose publish line came before. */
  'published-first',
  /** No event was handled by two subscriptions, each at its first delivery. */
  'one-queue',
  /** Every delivery was started once, and every event was delivered once. */
  'never-again',
  /** What a subscription fetched was handled in one process. */
  'one-process',
  /** Each subscription was handed events of one topic. */
  'one-topic',
  /** Events of an aggregate go to one subscription, to another one, and back, all the time. */
  'to-and-fro',
  /** Consecutive events of an aggregate go to three lanes and more, all the time. */
  'wandering-lanes',
  /** The events of an aggregate, all of one publisher, change partition more often than partitions can have been added. */
  'many-moves',
  /** Publishers take turns at an aggregate, each in a partition of its own. */
  'publishers-alternate',
  /** Every event that was acknowledged and started was acknowledged before it was started. */
  'acked-first',
  /** A handling began of an event that had been acknowledged, and did not succeed. */
  'begun-in-vain',
] as const;
export type RecordCondition = (typeof recordConditions)[number];

/** Lines of one of these kinds, every one of them with all of these fields. */
export interface RecordNeed {
  readonly lines: readonly RecordEvent[];
  readonly fields: readonly RecordField[];
}

/** Where something was seen: a line of its source, from 1. */
export interface RecordPlace {
  readonly line: number;
  /** If several sources were merged; null: in the source of the aggregate. */
  readonly source: string | null;
}

/** One event of an anomaly, as lines tell of it. null: no line does. */
export interface RecordWitnessEvent {
  readonly version: WrittenVersion;
  readonly partition: number | null;
  readonly position: number | null;
  readonly publish: RecordPlace | null;
  readonly deliver: RecordPlace | null;
  readonly subscription: string | null;
  readonly deliveryCount: number | null;
  readonly start: RecordPlace | null;
  readonly lane: string | null;
  readonly finish: RecordPlace | null;
  readonly ack: RecordPlace | null;
}

/** One of the worst anomalies that a cause explains. */
export interface RecordWitness {
  readonly kind: ExplainedKind;
  readonly aggregate: string;
  readonly topic: string;
  readonly source: string;
  /** The event that came late, came again, ran beside another one, or was lost. */
  readonly event: RecordWitnessEvent;
  /** Another delivery of it; null: none is known. */
  readonly otherDelivery: RecordWitnessEvent | null;
  /** The event that it crossed with; null: the anomaly is not about two. */
  readonly otherEvent: RecordWitnessEvent | null;
}

export interface RecordCause extends Pick<Cause, 'id' | 'explains' | 'confidence' | 'evidence' | 'refutes' | 'remedy'> {
  readonly witnesses: readonly RecordWitness[];
}

/** A cause that could explain what no cause explains, and that the record can neither show nor rule out. */
export interface UntoldCause {
  readonly id: string;
  /** What the record lacks. */
  readonly lacks: readonly RecordNeed[];
  /** What is not true of it. */
  readonly unmet: readonly RecordCondition[];
}

export interface RecordDiagnosis {
  /** Those that explain most come first. */
  readonly causes: readonly RecordCause[];
  /** What no cause explains: it is unknown, and goes to none. */
  readonly unexplained: Explained;
  readonly untold: readonly UntoldCause[];
}
