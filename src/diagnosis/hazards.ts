/**
 * The mechanisms by which order is lost that the diagnosis can name: one for each cause, in one sentence, with a run
 * that provokes it on the simulator.
 */
export interface Hazard {
  /** Id of its cause. */
  readonly id: string;
  /** How order is lost, in one sentence. */
  readonly mechanism: string;
  /** Arguments of `eventbus-bench run`: a shipped scenario, or flags. The seed is the default one. */
  readonly provokedBy: string;
}

/** From the publisher to the handler. */
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
    id: 'shared-durable',
    mechanism:
      "Several subscriptions are bound to one durable without a filter, so that one aggregate's events are in several fetch loops at once.",
    provokedBy: 'incident',
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
    id: 'overflow-fallback',
    mechanism: 'A full queue makes events run outside the lanes, where they overtake others.',
    provokedBy: '--mode multi/per-topic --queue-size 4 --workers 4 --lane-size 1 --overflow inline',
  },
  {
    id: 'unkeyed-pool',
    mechanism: 'Workers are not chosen by aggregate, so that its events are handled at once in several lanes.',
    provokedBy: '--mode single --strategy unkeyed-pool',
  },
];
