/**
 * What a picture of a run is drawn from: what went on over time, who fetched what, and the events of a few aggregates
 * from stage to stage. All of it is bounded, whatever the length of the run. Times are in milliseconds since the run
 * began, stamps those of the run's logical clock.
 */

/** Buckets of a series, at most. */
export const bucketsMax = 200;

/** What went on over time, in buckets of the same length that follow each other from the beginning of the run. */
export interface RunSeries {
  readonly bucketMs: number;
  /** Publish calls. */
  readonly published: readonly number[];
  /** Handlings that succeeded. */
  readonly handled: readonly number[];
  /** By when the handler of the late event started. */
  readonly regressions: readonly number[];
}

/** Subscriptions times topics in a matrix, at most. */
export const fetchCellsMax = 1_600;

/** How many deliveries a subscription had from a topic. */
export interface FetchCell {
  /** Index into the subscriptions. */
  readonly subscription: number;
  /** Index into the topics. */
  readonly topic: number;
  readonly delivered: number;
  /** Of those delivered, what the subscription does not own. */
  readonly misrouted: number;
}

/** Who fetched what. */
export interface FetchMatrix {
  readonly subscriptions: readonly string[];
  readonly topics: readonly string[];
  /** Those with a delivery, the largest ones if there are more than {@link fetchCellsMax}; by subscription and topic. */
  readonly cells: readonly FetchCell[];
  readonly cellsTotal: number;
}

/** Aggregates whose events are told, at most. */
export const timelinesMax = 20;
/** Deliveries that are told of an aggregate, at most. */
export const timelineRowsMax = 200;
/** Things told that happened to the run, at most. */
export const incidentsMax = 200;

/** What a row of a timeline says, in this order. What was not seen is null. */
export const timelineColumns = [
  'version',
  'publisher',
  'publishStamp',
  'publishMs',
  'topic',
  'partition',
  'position',
  'deliverStamp',
  'deliverMs',
  'subscription',
  'deliveryCount',
  'submitStamp',
  'lane',
  'attempt',
  'startStamp',
  'startMs',
  'finishStamp',
  'finishMs',
  'outcome',
  'answer',
  'answerStamp',
  'answerMs',
] as const;
export type TimelineColumn = (typeof timelineColumns)[number];

/** One delivery of an event, or an event that was not delivered: a value for each of {@link timelineColumns}. */
export type TimelineRow = readonly (number | string | null)[];

/** The events of one aggregate, in the order in which they were published or delivered. */
export interface AggregateTimeline {
  readonly aggregateId: string;
  /** Deliveries of the aggregate before the first that is told. */
  readonly earlier: number;
  /** Deliveries of the aggregate after the last that is told. */
  readonly later: number;
  readonly rows: readonly TimelineRow[];
}

/** Something that happened to the run rather than to one event. */
export interface TimelineIncident {
  readonly stamp: number;
  readonly atMs: number;
  /** As a note of the trace names it, such as `rebalance`. */
  readonly kind: string;
  /** Its details in a few words. */
  readonly what: string;
}

export interface RunTimelines {
  readonly columns: readonly TimelineColumn[];
  /** What `topic` and `subscription` of a row stand for: index → name. */
  readonly topics: readonly string[];
  readonly subscriptions: readonly string[];
  readonly incidents: readonly TimelineIncident[];
  readonly incidentsTotal: number;
  /** The worst aggregates; where none has an anomaly, the first ones of the run. */
  readonly aggregates: readonly AggregateTimeline[];
}
