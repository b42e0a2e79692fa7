/**
 * One of several produce requests in flight failed and was sent again, behind later ones. Signature: the pair is in the
 * wrong order in one log, was sent by one publisher, and retries were recorded.
 */
import { counted, type CauseRule, type Seen } from '../cause-rule.js';

/** Requests were sent again, and no pair shows that two publishers wrote one aggregate. */
function isOnlyRetries({ verdict, facts }: Seen): boolean {
  const byOthers = verdict.patterns.some((pair) => pair.origin === 'store' && pair.sameLog && !pair.samePublisher);
  return facts.produceRetries > 0 && !byOthers;
}

export const publishRetry: CauseRule = {
  id: 'publish-retry',
  matches: (pair, { facts }) =>
    pair.origin === 'store' && pair.sameLog && pair.samePublisher && facts.produceRetries > 0,
  alsoExplains: (seen) => ({ storeInversions: isOnlyRetries(seen) ? seen.verdict.counts.storeInversions : 0 }),
  isLatent: () => false,
  describe: ({ verdict: { counts }, facts }) => ({
    confidence: 'certain',
    evidence: [
      `${counted(counts.storeInversions, 'event')} lie in the log behind a higher version, and ${counted(facts.produceRetries, 'produce request')} had been sent again`,
      'one publisher sent both events of each pair: the log itself is out of order, before any consumer',
    ],
    refutes: ['concurrent-publishers', 'shared-durable', 'unkeyed-pool'],
    remedy:
      'keep one request in flight (--in-flight 1), or send the next version of an aggregate when the last one is acknowledged; an idempotent producer, where its client keeps the order of retries',
  }),
};
