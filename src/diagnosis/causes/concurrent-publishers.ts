/**
 * The cause "several publishers own one aggregate". Signature: the pair is in the wrong order in the log already, and
 * its two events were sent by different publishers.
 */
import { causeEvidence, remedy, type CauseRule } from '../cause-rule.js';

export const concurrentPublishersCause: CauseRule = {
  id: 'concurrent-publishers',
  matches: (pair) => pair.origin === 'store' && pair.sameLog && !pair.samePublisher,
  alsoExplains: ({ verdict: { counts, patterns }, facts }) => {
    const byOthers = patterns.some((pair) => pair.origin === 'store' && pair.sameLog && !pair.samePublisher);
    return { storeInversions: byOthers && facts.produceRetries === 0 ? counts.storeInversions : 0 };
  },
  isLatent: () => false,
  describe: ({ verdict: { counts } }, { regressions }) => ({
    confidence: 'certain',
    evidence: [
      causeEvidence('stored-behind-higher', counts.storeInversions),
      causeEvidence('sent-by-different-publishers', regressions, counts.regressions),
      causeEvidence('log-out-of-order'),
    ],
    refutes: ['shared-durable', 'unkeyed-pool'],
    remedy: remedy('one-publisher'),
  }),
};
