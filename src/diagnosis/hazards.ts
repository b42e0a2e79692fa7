/**
 * The mechanisms by which order is lost that the diagnosis can name: one for each cause, in one sentence, with a run
 * that provokes it on the simulator.
 */
export interface Hazard {
  /** Id of its cause. */
  readonly id: string;
  /** How order is lost, in one sentence. */
  readonly mechanism: string;
  /**
   * Arguments of `eventbus-bench run`: a shipped scenario, or flags. The seed is the default one. null: no run here has
   * it; it is named in traces of other buses.
   */
  readonly provokedBy: string | null;
}

/** From the publisher to the handler; then what is never handled. */
export const hazards: readonly Hazard[] = [
  {
    id: 'concurrent-publishers',
    mechanism: 'Several publishers own one aggregate, so that a lower version is stored behind a higher one.',
    provokedBy: 'publisher-several',
  },
  {
    id: 'publish-retry',
    mechanism: 'One of several produce requests in flight fails and is sent again, behind later ones.',
    provokedBy: 'kafka-retry',
  },
  {
    id: 'publish-retry-duplicate',
    mechanism: 'A produce request is stored, its answer is lost, and it is sent again: events are stored twice.',
    provokedBy:
      '--broker sim:kafka --mode single --versions 500 --publish async:50 --rate 5000 --disturb restart:500ms@50%',
  },
  {
    id: 'client-overtakes',
    mechanism: 'A client with several sends under way stores a later one first, though none of them failed.',
    provokedBy: null,
  },
  {
    id: 'dedupe-window',
    mechanism: 'A new event bears the id of an earlier message, so that the broker takes it for that one and drops it.',
    provokedBy: null,
  },
  {
    id: 'missing-key',
    mechanism: "Events have no key, so that an aggregate's events lie in several partitions.",
    provokedBy: 'kafka-no-key',
  },
  {
    id: 'partitioner-mismatch',
    mechanism: 'Publishers hash keys differently, so that each puts an aggregate into another partition.',
    provokedBy: '--broker sim:kafka --mode single --publishers-per-aggregate 2 --partitioner default,fnv1a',
  },
  {
    id: 'partition-expansion',
    mechanism: 'Partitions are added while events are published, and keys move to other partitions.',
    provokedBy: 'kafka-expansion',
  },
  {
    id: 'aggregate-across-topics',
    mechanism: 'The events of one aggregate go to several topics, between which no broker holds an order.',
    provokedBy: 'publisher-spread',
  },
  {
    id: 'shared-durable',
    mechanism:
      "Several subscriptions are bound to one durable without a filter, so that one aggregate's events are in several fetch loops at once.",
    provokedBy: 'incident',
  },
  {
    id: 'competing-pullers',
    mechanism:
      "Several pullers, such as replicas of a service, take from one durable, each a part of an aggregate's events.",
    provokedBy: null,
  },
  {
    id: 'nak-behind-batch',
    mechanism: 'A handling fails and the event is sent back: it comes again behind events that followed it.',
    provokedBy: '--mode single --handler-fail 2%',
  },
  {
    id: 'failure-unanswered',
    mechanism: 'A handling fails and nobody answers: the event comes again after the ack wait, behind its successors.',
    provokedBy: '--mode single --handler-fail 2% --handler-failure throw --ack-wait 5s',
  },
  {
    id: 'give-back',
    mechanism:
      'What waits behind a failed event is given back with it, and comes again behind events that were on their way.',
    provokedBy: '--mode single --strategy actor --handler-fail 5%',
  },
  {
    id: 'offset-replay',
    mechanism: 'A handling fails and the member goes back to its offset: what had been handled behind it comes again.',
    provokedBy: '--broker sim:kafka --mode single --handler-fail 1% --versions 20',
  },
  {
    id: 'ack-wait-expiry',
    mechanism: 'A handling takes longer than the ack wait, so the broker delivers its event again while it runs.',
    provokedBy: '--mode single --topics 1 --versions 2 --ack-wait 100ms --handler-time 150ms',
  },
  {
    id: 'prefetch-aging',
    mechanism:
      'Events that were fetched wait for a handler longer than the ack wait, so the broker delivers them again.',
    provokedBy: '--mode single --topics 1 --aggregates 20 --versions 50 --workers 4 --handler-time 10ms --ack-wait 1s',
  },
  {
    id: 'missing-ack',
    mechanism: 'Nothing is acknowledged, so the broker delivers every event again after each ack wait.',
    provokedBy: '--mode single --ack never',
  },
  {
    id: 'crash-redelivery',
    mechanism: 'A service dies with events in its memory, which come again to its successor behind newer ones.',
    provokedBy: '--mode single --ack-wait 2s --disturb crash:300ms@50%',
  },
  {
    id: 'reconnect-redelivery',
    mechanism: 'A connection is lost with events on their way, which come again behind newer ones.',
    provokedBy: null,
  },
  {
    id: 'rebalance-replay',
    mechanism: 'A partition goes to a new owner, which begins at the committed position and handles events again.',
    provokedBy: 'kafka-rebalance',
  },
  {
    id: 'rebalance-overlap',
    mechanism: 'A partition goes to a new owner while the old one is still handling what it had fetched.',
    provokedBy: 'kafka-rebalance',
  },
  {
    id: 'overflow-reject',
    mechanism: 'A full queue refuses an event, which comes again after the ack wait, behind its successors.',
    provokedBy: '--mode single --overflow reject --queue-size 4 --workers 4 --lane-size 1',
  },
  {
    id: 'overflow-fallback',
    mechanism: 'A full queue makes events run outside the lanes, where they overtake others.',
    provokedBy: '--mode multi/per-topic --queue-size 4 --workers 4 --lane-size 1 --overflow inline',
  },
  {
    id: 'pool-resize',
    mechanism:
      "The number of lanes changes while they are busy, so that an aggregate's next event goes to another lane.",
    provokedBy: '--mode single --disturb workers:5@50% --handler-time 0-5ms',
  },
  {
    id: 'unkeyed-pool',
    mechanism: 'Workers are not chosen by aggregate, so that its events are handled at once in several lanes.',
    provokedBy: '--mode single --strategy unkeyed-pool',
  },
  {
    id: 'unawaited-handler',
    mechanism: 'The promise of a handler is not awaited, so that the next event of its lane starts while it runs.',
    provokedBy: null,
  },
  {
    id: 'retry-at-tail',
    mechanism: 'A failed event is put at the end of its lane, behind events that followed it.',
    provokedBy: null,
  },
  {
    id: 'max-deliver-skip',
    mechanism: 'The broker gives an event up after the last delivery that it allows, and goes on with what follows.',
    provokedBy: '--mode single --handler-fail 10% --max-deliver 2',
  },
  {
    id: 'ack-before-handling',
    mechanism:
      'An event is acknowledged before it has been handled, so that it is lost if the handling fails or the service dies.',
    provokedBy: '--mode single --ack on-delivery --disturb crash:300ms@50%',
  },
  {
    id: 'ack-without-success',
    mechanism: 'An event is acknowledged though its handling failed.',
    provokedBy: null,
  },
  {
    id: 'commit-past-failure',
    mechanism: 'The committed position moves past an event whose handling failed.',
    provokedBy: null,
  },
];
