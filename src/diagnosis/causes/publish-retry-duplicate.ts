/**
 * The cause "a produce request was stored, its answer was lost or a part of it refused, and it was sent again".
 * Signature: events lie in the log twice, and retries were recorded.
 */
import { causeEvidence, remedy, type CauseRule } from '../cause-rule.js';

export const publishRetryDuplicateCause: CauseRule = {
  id: 'publish-retry-duplicate',
  matches: () => false,
  alsoExplains: ({ verdict, facts }) => ({
    duplicates: facts.produceRetries > 0 ? verdict.counts.duplicates.storedTwice : 0,
  }),
  isLatent: () => false,
  describe: ({ facts }, { duplicates }) => ({
    confidence: 'likely',
    evidence: [causeEvidence('stored-twice-after-retries', duplicates, facts.produceRetries)],
    refutes: ['rebalance-replay', 'missing-ack'],
    remedy: remedy('idempotent-producer'),
  }),
};
