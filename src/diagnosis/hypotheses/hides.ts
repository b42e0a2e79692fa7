/** Hazards that do not show beside another one that is at work, and why. docs/HAZARDS.md says the same. */
export const hides: Readonly<Record<string, readonly string[]>> = {
  // Lanes are not chosen by aggregate before the resize either.
  'unkeyed-pool': ['pool-resize'],
  // Lanes that await nothing are never busy, so that nothing waits for them.
  'unawaited-handler': ['overflow-reject', 'overflow-fallback', 'prefetch-aging'],
  // What fails is tried again in the bus, until it is handled.
  'retry-at-tail': [
    ...['nak-behind-batch', 'failure-unanswered', 'max-deliver-skip', 'offset-replay', 'ack-before-handling'],
    'commit-past-failure',
  ],
  // What was acknowledged never comes again: it is lost, or handled.
  'ack-before-handling': [
    ...['nak-behind-batch', 'failure-unanswered', 'prefetch-aging', 'overflow-reject', 'max-deliver-skip'],
    ...['give-back', 'offset-replay', 'commit-past-failure', 'backoff-overrides-ack-wait'],
  ],
  // What was given up does its work all the same, so that nothing is lost.
  'timeout-zombie': ['max-deliver-skip'],
  // Everything comes again because nothing is acknowledged, and a failed event is not sent back.
  'missing-ack': ['prefetch-aging', 'backoff-overrides-ack-wait', 'nak-behind-batch', 'max-deliver-skip', 'give-back'],
  // A client that recovers from a fault stores first attempts out of order too, so that no pair tells the two apart.
  'publish-retry': ['client-overtakes'],
  // What is passed over is not gone back to.
  'commit-past-failure': ['offset-replay'],
  // The two lie in different topics, whatever else is between them.
  'aggregate-across-topics': [
    'nak-behind-batch',
    'overflow-fallback',
    'concurrent-publishers',
    'retry-at-tail',
    'version-before-send',
  ],
  // A queue that is full does not let events grow old in it, or wait behind a failed one.
  'overflow-reject': ['prefetch-aging', 'backoff-overrides-ack-wait', 'give-back', 'retry-at-tail'],
  'overflow-fallback': ['give-back'],
  // Each of the rebalances comes of a member that was put out.
  'session-shorter-than-handler': ['rebalance-overlap', 'rebalance-replay'],
  // Events of one publisher are in several partitions already.
  'missing-key': ['partitioner-mismatch', 'partition-expansion'],
  'partition-expansion': ['partitioner-mismatch'],
};
