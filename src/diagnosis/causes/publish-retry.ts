/**
 * The cause "one of several produce requests in flight failed and was sent again, behind later ones". Signature: the
 * pair is in the wrong order in one log, was sent by one publisher, and retries were recorded.
 */
import { causeEvidence, remedy, type CauseRule, type ObservedRun } from '../cause-rule.js';

/** Requests were sent again, and no pair shows that two publishers wrote one aggregate. */
function isOnlyRetries({ verdict, facts }: ObservedRun): boolean {
  const byOthers = verdict.patterns.some((pair) => pair.origin === 'store' && pair.sameLog && !pair.samePublisher);
  return facts.produceRetries > 0 && !byOthers;
}

export const publishRetryCause: CauseRule = {
  id: 'publish-retry',
  matches: (pair, { facts }) =>
    pair.origin === 'store' && pair.sameLog && pair.samePublisher && facts.produceRetries > 0,
  alsoExplains: (seen) => ({ storeInversions: isOnlyRetries(seen) ? seen.verdict.counts.storeInversions : 0 }),
  isLatent: () => false,
  describe: ({ verdict: { counts }, facts }) => ({
    confidence: 'certain',
    evidence: [
      causeEvidence('stored-behind-higher-after-retries', counts.storeInversions, facts.produceRetries),
      causeEvidence('sent-by-one-publisher'),
    ],
    refutes: ['concurrent-publishers', 'shared-durable', 'unkeyed-pool'],
    remedy: remedy('one-request-in-flight'),
  }),
};
