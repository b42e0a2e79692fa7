/**
 * The cause "a full queue makes events run outside the lanes". Signature: the pair was submitted or delivered in order,
 * one of its events ran outside the lanes, and order was lost at start.
 */
import { causeEvidence, remedy, type CauseRule } from '../cause-rule.js';

export const overflowFallbackCause: CauseRule = {
  id: 'overflow-fallback',
  matches: (pair) => pair.origin === 'start' && pair.outsideLanes && !pair.lateRedelivered,
  isLatent: () => false,
  describe: (_seen, { regressions }) => ({
    confidence: 'certain',
    evidence: [causeEvidence('overtook-outside-lanes', regressions)],
    refutes: ['unkeyed-pool'],
    remedy: remedy('block-when-full'),
  }),
};
