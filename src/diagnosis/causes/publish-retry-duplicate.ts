/**
 * A produce request was stored, its answer lost or a part of it refused, and it was sent again. Signature: events lie in
 * the log twice, and retries were recorded.
 */
import { counted, type CauseRule } from '../cause-rule.js';

export const publishRetryDuplicate: CauseRule = {
  id: 'publish-retry-duplicate',
  matches: () => false,
  alsoExplains: ({ verdict, facts }) => ({
    duplicates: facts.produceRetries > 0 ? verdict.counts.duplicates.storedTwice : 0,
  }),
  isLatent: () => false,
  describe: ({ facts }, { duplicates }) => ({
    confidence: 'likely',
    evidence: [
      `${counted(duplicates, 'event')} came from two places in the log, and ${counted(facts.produceRetries, 'produce request')} had been sent again`,
    ],
    refutes: ['rebalance-replay', 'missing-ack'],
    remedy: 'publish with an idempotent producer (--idempotent), or with a message id that the broker deduplicates by',
  }),
};
