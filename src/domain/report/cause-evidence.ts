/**
 * The evidence for a cause and the remedies against it, as data: a claim with its numbers, a kind of remedy.
 * `report/words/evidence-text.ts` and `report/words/remedy-text.ts` are the only places that put them into words, and
 * nothing reads those words back.
 */

/**
 * What was seen; each says what `count` counts and what `of` is beside it. A claim without numbers has null for both.
 */
export const evidenceClaims = [
  /** Deliveries to a subscription that does not own their topic, of all deliveries. */
  'misroutes',
  /** Pairs that different subscriptions fetched and that were in the wrong order before any queue or lane. */
  'lost-before-lanes',
  /** Pairs held by different subscriptions at once, of those in flight. */
  'held-by-two-subscriptions',
  /** Had a queue or a lane been the cause, pairs would have lost their order at start. */
  'not-lost-at-start',
  /** Had the subscriptions been the cause, pairs would have been in the wrong order at deliver. */
  'not-lost-at-deliver',
  /** Pairs submitted in order that started in different lanes in the wrong order. */
  'started-in-different-lanes',
  /** Pairs of one aggregate that ran in several lanes at once. */
  'ran-at-once-in-lanes',
  /** Pairs one of whose events ran outside the lanes and overtook the other. */
  'overtook-outside-lanes',
  /** Events stored behind a higher version of their aggregate. */
  'stored-behind-higher',
  /** The same; `of`: produce requests that had been sent again. */
  'stored-behind-higher-after-retries',
  /** Regressing pairs whose two events came from different publishers. */
  'sent-by-different-publishers',
  /** The same, and no pair came from one. */
  'sent-by-different-publishers-only',
  /** One publisher sent both events of each pair. */
  'sent-by-one-publisher',
  /** The log itself is out of order, before any consumer. */
  'log-out-of-order',
  /** Events that came from two places in the log; `of`: produce requests that had been sent again. */
  'stored-twice-after-retries',
  /** Times that the events of aggregates lying in several partitions changed partition; `of`: these aggregates. */
  'changed-partition-often',
  /** Changes of partition in all; `of`: aggregates, each of which moved to another partition once. */
  'moved-partition-once',
  /** Aggregates that lie in several partitions, one for each publisher. */
  'partition-by-publisher',
  /** Between partitions the log holds no order. */
  'no-order-between-partitions',
  /** What was stored before a move is read from one partition, what came after from another. */
  'read-from-both-partitions',
  /** Pairs held by two members at once; `of`: rebalances of the run. */
  'held-by-two-members',
  /** Within one member events never overlapped, or that is counted elsewhere. */
  'not-within-one-member',
  /** Events that came again from the same offset; `of`: rebalances of the run. */
  'same-offset-again',
  /** No handler had failed, so nothing else brings an offset back. */
  'no-handler-failed',
  /** Words of a report of schema version 1. */
  'told',
] as const;
export type EvidenceClaim = (typeof evidenceClaims)[number];

export interface CauseEvidence {
  readonly claim: EvidenceClaim;
  /** null where the claim has no number. */
  readonly count: number | null;
  /** What `count` is among, or stands beside; null where there is nothing. */
  readonly of: number | null;
  /** The words of the older report, for `told`; null: there are none. */
  readonly detail: string | null;
}

export const remedyKinds = [
  /** A durable of its own, with its topic as filter, for every subscription; or one subscription. */
  'durable-per-topic',
  /** One publisher owns each aggregate, and waits for its acknowledgements. */
  'one-publisher',
  /** The id of the aggregate as message key. */
  'key-by-aggregate',
  /** A full queue blocks the subscription. */
  'block-when-full',
  /** All the partitions that will be needed from the start. */
  'partitions-from-start',
  /** The same partitioner in all publishers. */
  'one-partitioner',
  /** An idempotent producer, or a message id that the broker deduplicates by. */
  'idempotent-producer',
  /** One produce request in flight. */
  'one-request-in-flight',
  /** What is under way is finished or dropped before partitions are given up. */
  'finish-before-handover',
  /** Positions are committed more often. */
  'commit-more-often',
  /** The lane is chosen by the aggregate. */
  'lane-by-aggregate',
  /** Words of a report of schema version 1. */
  'told',
] as const;
export type RemedyKind = (typeof remedyKinds)[number];

export interface Remedy {
  readonly kind: RemedyKind;
  /** The words of the older report, for `told`; null: there are none. */
  readonly detail: string | null;
}
