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
  /** Pairs delivered in order that started in different lanes in the wrong order; nothing is known of their submit. */
  'delivered-in-order-to-lanes',
  /** Pairs of one aggregate that ran in several lanes at once. */
  'ran-at-once-in-lanes',
  /** Handlings outside the lanes that began while a pair of their queue was in flight. */
  'ran-outside-lanes-in-flight',
  /** Pairs one of whose events ran outside the lanes and overtook the other. */
  'overtook-outside-lanes',
  /** Events stored behind a higher version of their aggregate. */
  'stored-behind-higher',
  /** The same; `of`: produce requests that had been sent again. */
  'stored-behind-higher-after-retries',
  /** Events that lie behind a higher version; `of`: connections of publishers that were lost. */
  'stored-behind-higher-after-disconnects',
  /** Events stored behind a higher version that another publisher had sent. */
  'stored-behind-other-publisher',
  /** Publish calls that began while one of another publisher was open, for the same aggregate. */
  'sent-by-different-publishers',
  /** Publish calls that began while one of the same publisher was open, for the same aggregate. */
  'calls-overlapped',
  /** Publishers that sent over several connections, of an aggregate's events one at a time over each. */
  'sent-over-connections',
  /** No publish was seen to be sent again. */
  'no-publish-sent-again',
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
  /** Events that followed an earlier one of their publisher into its partition: at least so many, and none did not. */
  'followed-into-partition',
  /** Aggregates whose events went back to a partition that they had left; `of`: all that lie in several. */
  'back-to-a-partition',
  /** The aggregates have too few versions to tell a missing key from one that moved, or that publishers hash differently. */
  'too-few-versions-to-tell',
  /** Between partitions the log holds no order. */
  'no-order-between-partitions',
  /** What was stored before a move is read from one partition, what came after from another. */
  'read-from-both-partitions',
  /** Pairs held by two members at once; `of`: rebalances of the run. */
  'held-by-two-members',
  /** Within one member events never overlapped, or that is counted elsewhere. */
  'not-within-one-member',
  /** Events that came from one place in the log more than once. */
  'same-place-again',
  /** Pairs that two subscriptions fetched, both of which own the topic. */
  'fetched-by-two-owners',
  /** Pairs that two subscriptions fetched. */
  'fetched-by-two-subscriptions',
  /** No event was delivered or tried again. */
  'never-delivered-again',
  /** Anomalies of events that came again after …, of all anomalies. */
  'came-again-timed-out',
  'came-again-nak',
  'came-again-failed',
  'came-again-given-back',
  'came-again-refused',
  'came-again-crash',
  'came-again-queued',
  'came-again-running',
  'came-again-backoff',
  'came-again-unacked',
  'came-again-connection-lost',
  'came-again-reconnect',
  'came-again-rebalance',
  'came-again-behind-failure',
  /** Events that came again in this way while a pair of their queue was in flight, of all that did in any way. */
  'came-again-in-flight',
  /** Anomalies of events that came again for any other reason. */
  'came-again-otherwise',
  /** Handlings that failed. */
  'handlings-failed',
  /** Times that partitions were given out anew. */
  'rebalances',
  /** Times that a group put a member out; `of`: rebalances of the run. */
  'members-put-out',
  /** The longest time between two heartbeats of a member, in milliseconds. */
  'longest-without-heartbeat',
  /** Nothing made a member come, go or stand still. */
  'no-member-change',
  /** Milliseconds for which nothing was delivered after a service had died, until an event came again. */
  'nothing-delivered-for',
  /** Events that waited at the broker meanwhile. */
  'waited-at-broker',
  /** No bus had anything in hand meanwhile. */
  'nothing-in-hand',
  /** Pairs in two lanes that were in the bus while their number changed; `of`: these changes. */
  'across-resize',
  /** Pairs in two lanes that were not. */
  'not-across-resize',
  /** Events that ran in another lane than the two of their aggregate before, which ran in two; of all that have two before. */
  'went-to-a-third-lane',
  /** Pairs in two lanes. */
  'in-two-lanes',
  /** Pairs that ran in one lane at once. */
  'ran-at-once-in-one-lane',
  /** Pairs submitted in order that started in one lane in the wrong order. */
  'started-in-one-lane',
  /** Events that were tried again at one delivery and finished behind others. */
  'retried-behind-others',
  /** Events that came while the bus still had one of their aggregate of another topic, from another source. */
  'held-beside-other-topic',
  /** Pairs whose events lie in different topics. */
  'in-different-topics',
  /** Pairs whose events lie in one topic. */
  'within-one-topic',
  /** Lost events whose last delivery was acknowledged before its handling had ended, of all lost. */
  'lost-acked-early',
  /** Events that were acknowledged before they were started, as all were that were acknowledged and started. */
  'acked-before-start',
  /** Lost events whose last delivery was not acknowledged. */
  'lost-unacked',
  /** Lost events that were acknowledged after their handling had failed, of all lost. */
  'lost-acked-after-failure',
  /** Lost events that were delivered, not acknowledged, and not delivered again, of all lost. */
  'lost-given-up',
  /** Lost events that were never seen delivered, in a run in which a service died, of all lost. */
  'lost-on-the-way',
  /** Lost events that a full queue had refused, by a broker that counts no deliveries, of all lost. */
  'lost-refused',
  /** The highest delivery count of the broker. */
  'most-deliveries',
  /** Lost events whose handling failed while the position moved past them, of all lost. */
  'lost-position-past',
  /** Lost events whose publish was acknowledged as a duplicate, of all lost. */
  'lost-deduplicated',
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
  /** A version is assigned where it is sent, by one sender that waits for each acknowledgement. */
  'send-in-turn',
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
  /** One subscription at a time pulls from a durable. */
  'one-puller',
  /** A failed handling is tried again in its lane, before anything that follows. */
  'retry-in-place',
  /** A handling that timed out stops before its event is answered, and is tried again in its lane. */
  'stop-at-timeout',
  /** One event at a time is out. */
  'one-in-flight',
  /** What comes again is dropped by its version. */
  'drop-by-version',
  /** An event is acknowledged once it has been handled, and not before. */
  'ack-after-handling',
  /** What failed is not acknowledged. */
  'ack-success-only',
  /** No more is fetched than can be handled within the ack wait. */
  'fetch-less',
  /** The ack wait is longer than a handling, or is extended while one runs. */
  'longer-ack-wait',
  /** The waits of the backoff are longer than what an event spends in the bus. */
  'longer-backoff',
  /** The limit of unacknowledged events is above what one client can hold, or the ack wait is short. */
  'more-pending',
  /** The session time-out is longer than a handling, or heartbeats are sent while one runs. */
  'longer-session',
  /** Lanes are empty before their number changes. */
  'drain-before-resize',
  /** A handler is awaited before the next one of its lane starts. */
  'await-handler',
  /** All events of an aggregate go to one topic. */
  'one-topic-per-aggregate',
  /** The broker does not give an event up. */
  'no-delivery-limit',
  /** The position is committed up to the first event that has not been handled. */
  'commit-up-to-failure',
  /** Each new message has an id of its own. */
  'own-message-id',
  /** Words of a report of schema version 1. */
  'told',
] as const;
export type RemedyKind = (typeof remedyKinds)[number];

export interface Remedy {
  readonly kind: RemedyKind;
  /** The words of the older report, for `told`; null: there are none. */
  readonly detail: string | null;
}
