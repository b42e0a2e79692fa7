/**
 * Several publishers own one aggregate. Signature: the pair is in the wrong order in the log already, and its two
 * events were sent by different publishers.
 */
import type { CauseRule } from '../cause-rule.js';

export const concurrentPublishers: CauseRule = {
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
      `${counts.storeInversions} events are stored behind a higher version of their aggregate`,
      `in ${regressions} regressing pairs the two events came from different publishers`,
      'a consumer cannot have caused this: the log itself is out of order',
    ],
    refutes: ['shared-durable', 'unkeyed-pool'],
    remedy: 'let one publisher own each aggregate, and send the next version when the last one is acknowledged',
  }),
};
