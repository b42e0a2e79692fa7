/**
 * The mechanisms by which order is lost that the diagnosis can name: one for each cause, in one sentence. Those that can
 * be provoked here have a scenario of their id in `scenarios/hazards/`.
 */
export interface Hazard {
  /** Id of its cause, or of the control. */
  readonly id: string;
  /** How order is lost, in one sentence; of a control, what does not lose it. */
  readonly mechanism: string;
}

/** From the publisher to the handler; then what is never handled. */
export const hazards: readonly Hazard[] = [
  {
    id: 'concurrent-publishers',
    mechanism: 'Several publishers own one aggregate, so that a lower version is stored behind a higher one.',
  },
  {
    id: 'version-before-send',
    mechanism:
      'A publisher assigns versions in order and sends them from a pool of senders, so that a later one is stored first.',
  },
  {
    id: 'publish-retry',
    mechanism: 'One of several produce requests in flight fails and is sent again, behind later ones.',
  },
  {
    id: 'publish-retry-duplicate',
    mechanism: 'A produce request is stored, its answer is lost, and it is sent again: events are stored twice.',
  },
  {
    id: 'client-overtakes',
    mechanism: 'A client with several sends under way stores a later one first, though none of them failed.',
  },
  {
    id: 'dedupe-window',
    mechanism: 'A new event bears the id of an earlier message, so that the broker takes it for that one and drops it.',
  },
  {
    id: 'missing-key',
    mechanism:
      "Events have no key, or each has one of its own, so that an aggregate's events lie in several partitions.",
  },
  {
    id: 'partitioner-mismatch',
    mechanism: 'Publishers hash keys differently, so that each puts an aggregate into another partition.',
  },
  {
    id: 'partition-expansion',
    mechanism: 'Partitions are added while events are published, and keys move to other partitions.',
  },
  {
    id: 'aggregate-across-topics',
    mechanism: 'The events of one aggregate go to several topics, between which no broker holds an order.',
  },
  {
    id: 'shared-durable',
    mechanism:
      "Several subscriptions are bound to one durable without a filter, so that one aggregate's events are in several fetch loops at once.",
  },
  {
    id: 'competing-pullers',
    mechanism:
      "Several pullers, such as replicas of a service, take from one durable, each a part of an aggregate's events.",
  },
  {
    id: 'timeout-zombie',
    mechanism:
      'A handling that timed out goes on while its event is tried again, so that one is handled twice, beside others.',
  },
  {
    id: 'nak-behind-batch',
    mechanism: 'A handling fails and the event is sent back: it comes again behind events that followed it.',
  },
  {
    id: 'failure-unanswered',
    mechanism: 'A handling fails and nobody answers: the event comes again after the ack wait, behind its successors.',
  },
  {
    id: 'give-back',
    mechanism:
      'What waits behind a failed event is given back with it, and comes again behind events that were on their way.',
  },
  {
    id: 'offset-replay',
    mechanism: 'A handling fails and the member goes back to its offset: what had been handled behind it comes again.',
  },
  {
    id: 'backoff-overrides-ack-wait',
    mechanism:
      'A backoff takes the place of the ack wait, and is shorter: the broker delivers events again that the bus still has.',
  },
  {
    id: 'ack-wait-expiry',
    mechanism: 'A handling takes longer than the ack wait, so the broker delivers its event again while it runs.',
  },
  {
    id: 'prefetch-aging',
    mechanism:
      'Events that were fetched wait for a handler longer than the ack wait, so the broker delivers them again.',
  },
  {
    id: 'missing-ack',
    mechanism: 'Nothing is acknowledged, so the broker delivers every event again after each ack wait.',
  },
  {
    id: 'crash-redelivery',
    mechanism: 'A service dies with events in its memory, which come again to its successor behind newer ones.',
  },
  {
    id: 'dead-client-holds-pending',
    mechanism:
      'The events of a dead client fill the limit of unacknowledged ones, so that nothing is delivered until their ack wait ends.',
  },
  {
    id: 'reconnect-redelivery',
    mechanism: 'A connection is lost with events on their way, which come again behind newer ones.',
  },
  {
    id: 'rebalance-replay',
    mechanism: 'A partition goes to a new owner, which begins at the committed position and handles events again.',
  },
  {
    id: 'rebalance-overlap',
    mechanism: 'A partition goes to a new owner while the old one is still handling what it had fetched.',
  },
  {
    id: 'session-shorter-than-handler',
    mechanism:
      'A handling takes longer than the session time-out, so that the group puts its member out, again and again.',
  },
  {
    id: 'overflow-reject',
    mechanism: 'A full queue refuses an event, which comes again after the ack wait, behind its successors.',
  },
  {
    id: 'overflow-fallback',
    mechanism: 'A full queue makes events run outside the lanes, where they overtake others.',
  },
  {
    id: 'pool-resize',
    mechanism:
      "The number of lanes changes while they are busy, so that an aggregate's next event goes to another lane.",
  },
  {
    id: 'unkeyed-pool',
    mechanism: 'Workers are not chosen by aggregate, so that its events are handled at once in several lanes.',
  },
  {
    id: 'unawaited-handler',
    mechanism: 'The promise of a handler is not awaited, so that the next event of its lane starts while it runs.',
  },
  {
    id: 'retry-at-tail',
    mechanism: 'A failed event is put at the end of its lane, behind events that followed it.',
  },
  {
    id: 'max-deliver-skip',
    mechanism: 'The broker gives an event up after the last delivery that it allows, and goes on with what follows.',
  },
  {
    id: 'ack-before-handling',
    mechanism:
      'An event is acknowledged before it has been handled, so that it is lost if the handling fails or the service dies.',
  },
  {
    id: 'ack-without-success',
    mechanism: 'An event is acknowledged though its handling failed.',
  },
  {
    id: 'commit-past-failure',
    mechanism: 'The committed position moves past an event whose handling failed.',
  },
];

/** What looks dangerous and keeps order: no cause may be named where one of these is at work alone. */
export const controls: readonly Hazard[] = [
  {
    id: 'many-writers',
    mechanism:
      'Several subscriptions, each with a durable of its own, write into one queue, which keeps the order of each.',
  },
  {
    id: 'hash-collision',
    mechanism: 'Aggregates that hash to one lane wait for each other: latency rises, and order holds.',
  },
];
