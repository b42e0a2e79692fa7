/**
 * The cause "one of several produce requests in flight failed and was sent again, behind later ones". Signature: the
 * pair is in the wrong order in one log, was sent by one publisher, and retries were recorded.
 */
import { claim, remedy, type CauseRule, type Seen } from '../cause-rule.js';

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
      claim('stored-behind-higher-after-retries', counts.storeInversions, facts.produceRetries),
      claim('sent-by-one-publisher'),
    ],
    refutes: ['concurrent-publishers', 'shared-durable', 'unkeyed-pool'],
    remedy: remedy('one-request-in-flight'),
  }),
};
