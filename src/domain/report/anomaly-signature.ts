/**
 * The signature of an anomaly: all that was seen of it which tells one mechanism from another. The checker tallies each
 * deciding anomaly under its signature, so memory grows with the kinds of signatures and not with events. The diagnosis
 * reads signatures, never single examples: what it says holds for all anomalies that bear the signature.
 */
import type { Origin, OriginBetween } from '../observation.js';

/** The kinds of anomalies that decide; `duplicates` are those that were not merely redone after a failure. */
export const explainedKinds = [
  'regressions',
  'duplicates',
  'lost',
  'phantoms',
  'storeInversions',
  'splitKeys',
  'overlaps',
  'completionInversions',
] as const;
export type ExplainedKind = (typeof explainedKinds)[number];

/** A new count of 0 for each kind. */
export function noneExplained(): Record<ExplainedKind, number> {
  return Object.fromEntries(explainedKinds.map((kind) => [kind, 0])) as Record<ExplainedKind, number>;
}

/** Why a delivery came again, by what had become of the delivery of the same event before it. */
export const againReasons = [
  /** It was sent back after its handling had failed. */
  'nak',
  /** It was sent back while its handling was running, which went on. */
  'timed-out',
  /** Its handling had failed, and nobody answered. */
  'failed',
  /** It was sent back without having been started. */
  'given-back',
  /** The dispatcher's inbox had refused it. */
  'refused',
  /**
   * It was in the memory of a service that died, or of a subscription that had ended; or the ack of its last delivery
   * died with the service; or its last delivery was never seen, in a run in which one died.
   */
  'crash',
  /** It was waiting in the bus, not started, or had been for longer than its handling had been running. */
  'queued',
  /** Its handling was still running. */
  'running',
  /** The bus still had it: the wait of its queue's backoff had passed, and the ack wait that was asked for had not. */
  'backoff',
  /** It had been handled, and nobody had acknowledged it. */
  'unacked',
  /** It had been handled and acknowledged, by a service that lives: the broker had sent it again before the ack came. */
  'acked',
  /** Partitions had been given out anew since, and it had been handled. */
  'rebalance',
  /** Partitions had been given out anew since, and the bus that had it before still held it. */
  'held-at-rebalance',
  /** Partitions had been given out anew before it already: what was fetched before then is handed over beside what is fetched anew. */
  'after-rebalance',
  /** A handling in its partition had failed since, so the client went back to the failed offset. */
  'behind-failure',
  /** Its last delivery was never seen, in a run whose connections were made anew. */
  'connection-lost',
  'unknown',
] as const;
export type Again = (typeof againReasons)[number];

/** What two events of one aggregate have in common, and what lay between them. */
export interface PairSigns {
  /** Both were fetched by one subscription. */
  readonly sameSubscription: boolean;
  readonly sameLane: boolean;
  readonly sameTopic: boolean;
  /** Both lie in one partition of one topic, or in one stream. */
  readonly sameLog: boolean;
  /** At least one of the two was fetched by a subscription that does not own its topic. */
  readonly misrouted: boolean;
  /** At least one of the two ran outside the lanes. */
  readonly outsideLanes: boolean;
  /** Why the event that came late was delivered again; null: it was its first delivery. */
  readonly again: Again | null;
  /** The number of lanes changed while lanes were chosen for the two: between the first submit and the last start. */
  readonly acrossResize: boolean;
  /** Partitions were given out anew between their deliveries. */
  readonly acrossRebalance: boolean;
}

export interface RegressionSignature extends PairSigns {
  readonly kind: 'regressions';
  readonly origin: Origin;
  /** Where the pair lost order, as far as stages were seen; null: the origin is known. */
  readonly lostBetween: OriginBetween | null;
  readonly samePublisher: boolean;
  /** A publish was sent again after the late event's publish call. */
  readonly afterRetry: boolean;
}

export interface OverlapSignature extends PairSigns {
  readonly kind: 'overlaps';
  /**
   * The handling of the earlier one was running though the bus was done with it: its delivery had been sent back, or a
   * later attempt at that had ended.
   */
  readonly ranOn: boolean;
}

export interface CompletionInversionSignature extends PairSigns {
  readonly kind: 'completionInversions';
  /** The attempt that finished late had begun before the higher version finished. */
  readonly atOnce: boolean;
  /** The attempt that finished late was not the first at its delivery. */
  readonly retried: boolean;
  /** Its delivery had been sent back before the attempt ended. */
  readonly ranOn: boolean;
}

export interface DuplicateSignature {
  readonly kind: 'duplicates';
  readonly as: 'redelivered' | 'storedTwice' | 'unflagged';
  /** Why the event was delivered more than once; null: it was stored more than once, or nobody knows of another delivery. */
  readonly again: Again | null;
  /** A publish was sent again after the event's publish call. */
  readonly afterRetry: boolean;
}

/** How far an event that was lost had got, by its last delivery. */
export const lossStates = [
  /** Its publish was acknowledged as a duplicate of an earlier message, and so was not stored. */
  'deduplicated',
  'not-delivered',
  /** Delivered, and waiting in the bus. */
  'not-started',
  'running',
  'failed',
  /** In the memory of a service that died. */
  'cut-off',
  /** Refused by the dispatcher's inbox. */
  'refused',
  /** Sent back without having been started. */
  'given-back',
  /** Acknowledged without having been handled, on purpose. */
  'discarded',
] as const;
export type LossState = (typeof lossStates)[number];

export interface LossSignature {
  readonly kind: 'lost';
  readonly state: LossState;
  /** When its last delivery was acknowledged, as far as it got; null: it was not. */
  readonly acked: 'before-start' | 'before-finish' | 'after-finish' | null;
  /** The broker counts deliveries. */
  readonly isCounted: boolean;
}

export interface StoreInversionSignature {
  readonly kind: 'storeInversions';
  /** null: not known. */
  readonly samePublisher: boolean | null;
}

/** Counts of events that followed an earlier one of their publisher into its partition: at least so many. */
export const followerSteps = [0, 1, 5, 10] as const;

export interface SplitKeySignature {
  readonly kind: 'splitKeys';
  /**
   * The events of one publisher went back to a partition that they had left, and changed partition more often than
   * partitions were added.
   */
  readonly returns: boolean;
  readonly publishers: 'one' | 'several';
  /** No publisher put events of the aggregate into two partitions. */
  readonly publishersKeep: boolean;
  readonly followers: (typeof followerSteps)[number];
  /** Partitions were added during the run. */
  readonly afterExpansion: boolean;
}

export interface PhantomSignature {
  readonly kind: 'phantoms';
}

export type AnomalySignature =
  | RegressionSignature
  | OverlapSignature
  | CompletionInversionSignature
  | DuplicateSignature
  | LossSignature
  | StoreInversionSignature
  | SplitKeySignature
  | PhantomSignature;
