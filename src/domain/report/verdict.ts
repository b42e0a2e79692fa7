/** The verdict of the checker on one run, as pure data. Every count has the meaning that docs/CHECKER.md defines. */
import type { Origin, OriginBetween } from '../observation.js';
import type { AtWork } from './at-work.js';
import type { SignatureCount } from './witness.js';

export interface DuplicateCounts {
  /** The sum of the kinds. */
  total: number;
  /** No handling of the version had an effect before: all had failed or were cut off. Does not decide. */
  redone: number;
  redelivered: number;
  storedTwice: number;
  unflagged: number;
  /** Counted besides the kind, whichever it is: another attempt of the same event was running. */
  concurrent: number;
}

export interface Counts {
  published: number;
  acked: number;
  delivered: number;
  handled: number;
  retries: number;
  violations: number;
  regressions: number;
  descents: number;
  naive: number;
  /** What a checker that judges at completion counts; null in a report that is older than this count. */
  completionOrder: number | null;
  /** What a checker without a lock counts; null in a report that is older than this count. */
  racy: number | null;
  crossTopic: number;
  duplicates: DuplicateCounts;
  gaps: number;
  openGaps: number;
  lost: number;
  unseen: number;
  phantoms: number;
  /** Published with an error and observed all the same: not a phantom, not an anomaly. */
  recovered: number;
  storeInversions: number;
  splitKeys: number;
  misroutes: number;
  overlaps: number;
  completionInversions: number;
}

/** Anomalies that decide about order and are neither regressions nor duplicates nor losses. */
export function otherAnomalies(counts: Counts): number {
  const { phantoms, storeInversions, splitKeys, overlaps, completionInversions } = counts;
  return phantoms + storeInversions + splitKeys + overlaps + completionInversions;
}

/**
 * A share with its 95 % interval, which needs repeats: the bounds are null for one run. All three are null where the
 * denominator is 0.
 */
export interface Rate95 {
  value: number | null;
  low95: number | null;
  high95: number | null;
}

export interface Exposure {
  /** Consecutive versions (v, v+1), both published, of one aggregate in one topic. */
  pairs: number;
  /** How hard the workload pressed: evidence, not the unit of a verdict. */
  contestedPairs: number;
  inFlightPairs: number;
  /** Contested, not in flight, from a queue that lets one delivery out at a time and did. */
  heldBackPairs: number;
  /** In flight or held back: what verdicts go by. */
  atRiskPairs: number;
  splitPairs: number;
  /** Contested pairs whose handlers started in the wrong order. */
  invertedPairs: number;
  regressionRate: Rate95;
}

export interface Reordering {
  extentP50: number | null;
  extentMax: number | null;
  resequencerDepth: number | null;
}

export type Origins = Record<Origin, number>;

/** How many regressions lost order between two stages of which none between was seen. */
export interface OriginRange extends OriginBetween {
  readonly count: number;
}

/** One event of a regressing pair, as it was seen at each stage. A stamp of 0 is unknown. */
export interface PairMember {
  readonly version: number;
  readonly topic: string;
  readonly publisher: number;
  readonly publishStamp: number;
  readonly partition: number;
  readonly position: number;
  readonly deliveryCount: number | null;
  readonly subscription: string;
  readonly owned: boolean;
  readonly deliverStamp: number;
  readonly submitStamp: number;
  readonly lane: number;
  readonly startStamp: number;
}

/** The pair that proves a regression: `late` was observed after `early`, though its version is lower. */
export interface Witness {
  readonly late: PairMember;
  readonly early: PairMember;
  readonly extent: number;
}

export interface RegressionExample {
  /** The version that came late. */
  readonly version: number;
  /** The earliest observed higher version. */
  readonly afterVersion: number;
  /** Position in the log of the late version (stream sequence, or offset + 1); null if unknown. */
  readonly receivedSequence: number | null;
  readonly origin: Origin;
  readonly witness: Witness;
}

export interface AggregateFinding {
  readonly aggregateId: string;
  readonly topic: string;
  readonly published: number;
  readonly handled: number;
  readonly regressions: number;
  readonly duplicates: number;
  readonly gaps: number;
  readonly lost: number;
  readonly overlaps: number;
  readonly completionInversions: number;
  readonly storeInversions: number;
  /** 1 if its key is split; under order scope `aggregate`, topics in which it is. */
  readonly splitKeys: number;
  readonly phantoms: number;
  readonly examples: readonly RegressionExample[];
}

/** How often things happened to the run, as far as notes and answers tell. */
export interface TimelineCounts {
  /** Times that a dispatcher got another number of lanes. */
  readonly resizes: number;
  /** Times that a group gave its partitions out anew. */
  readonly rebalances: number;
  /** Times that a group put out a member that had not been heard of. */
  readonly putOuts: number;
  /** Disturbances by which members come and go or stand still, and subscriptions that ended for good. */
  readonly memberChanges: number;
  /** Subscriptions that ended for good, and deliveries that died in the memory of a service. */
  readonly deaths: number;
  /** Publishes that were sent again. */
  readonly produceRetries: number;
  /** Connections of publishers that were lost. */
  readonly publisherDisconnects: number;
  /** Deliveries that were sent back. */
  readonly naks: number;
  readonly acks: number;
  /** Handlings that failed. */
  readonly failures: number;
  /** Publishers that sent over several connections, of an aggregate's events one at a time over each. */
  readonly pooledPublishers: number;
}

/** What may break order in the middle of a run. */
export const disruptionKinds = ['failure', 'redelivery', 'crash', 'resize', 'rebalance', 'partitions'] as const;
export type DisruptionKind = (typeof disruptionKinds)[number];

/** How often a disruption happened, and how often it did while a pair of its queue was open. */
export interface Disruption {
  readonly count: number;
  /** Times that a pair was in flight. */
  readonly metInFlight: number;
  /** Times that no pair was in flight, but the upper version of one had been published and waited at the broker. */
  readonly metWaiting: number;
}

/** What was seen of one queue: a durable, or a consumer group. */
export interface QueueEvidence {
  readonly queue: string;
  readonly inFlightPairs: number;
  /** Contested, not in flight, and the queue (each partition of its own) never had two deliveries in hand meanwhile. */
  readonly alonePairs: number;
  readonly splitPairs: number;
  /** Aggregates, within a topic, whose events went to two subscriptions that were alive at the same time. */
  readonly sharedAggregates: number;
  readonly disruptions: Readonly<Record<DisruptionKind, Disruption>>;
  /** Highest delivery count of the broker. null: it counts none. */
  readonly mostDeliveries: number | null;
  /** Longest time from a delivery, or its last progress ack, to its ack. null: nothing was acknowledged. */
  readonly longestUnackedMs: number | null;
  /** Longest time between two heartbeats of one member. null: none were seen. */
  readonly longestHeartbeatMs: number | null;
}

/** The observed effects of one recorded disturbance. */
export interface DisturbanceEvidence {
  /** Its kind, as its note names it: `partitions`, `crash`, … */
  readonly what: string;
  /** Times that its effect was seen; docs/CHECKER.md names one for each kind. */
  readonly effects: number;
  /** 1 if a pair was in flight between the request and an effect; otherwise 0. */
  readonly metInFlight: number;
  /** 1 if no pair was in flight then, but one was waiting at the broker; otherwise 0. */
  readonly metWaiting: number;
}

/** The longest time for which the successor of a service that had died was given nothing, until an event came again. */
export interface SilenceEvidence {
  readonly forMs: number;
  /** Events that had been published before it, and were delivered for the first time after it. */
  readonly waited: number;
}

/** What diagnosis and judge read beside counts and patterns. */
export interface Evidence {
  /** Pairs of consecutive versions of one aggregate that lie in different partitions. */
  readonly partitionSwitches: number;
  /** Publish calls that began while an earlier one of the same aggregate was open, by the publisher of that one. */
  readonly publishOverlaps: { readonly acrossPublishers: number; readonly withinPublisher: number };
  /** Open gaps whose publish was attempted: handled events have passed them. */
  readonly attemptedGaps: number;
  /** Events that the broker said it had given up after as many deliveries as it grants. */
  readonly givenUp: number;
  /** In the order of the names that the checker was given; none if it was given none. */
  readonly queues: readonly QueueEvidence[];
  readonly timeline: TimelineCounts;
  /** null: no service died, or its successor was given something at all times. */
  readonly silence: SilenceEvidence | null;
  /** In the order in which they came. */
  readonly disturbances: readonly DisturbanceEvidence[];
}

/** All that the checker knows at the end of a run. */
export interface Verdict {
  readonly counts: Counts;
  readonly exposure: Exposure;
  readonly reordering: Reordering;
  readonly origins: Origins;
  /** Of the regressions whose origin is unknown, most frequent first. */
  readonly unknownOrigins: readonly OriginRange[];
  /** Counted since an attempt was running whose end was not seen: a crash that no note tells of may have ended it. */
  readonly unended: { readonly overlaps: number; readonly duplicates: number; readonly lost: number };
  /** Events published of which neither an answer to the publish call nor a handling that succeeded was seen. */
  readonly unanswered: number;
  /** Of all anomalies that decide, most frequent first. */
  readonly signatures: readonly SignatureCount[];
  readonly evidence: Evidence;
  readonly atWork: AtWork;
  /** Every aggregate with an anomaly, worst first; the first 100 carry up to 10 examples each. */
  readonly aggregates: readonly AggregateFinding[];
  readonly aggregatesTotal: number;
  readonly aggregatesWithAnomalies: number;
}
