/**
 * The cause "a partition went to a new owner while the old one was still handling what it had fetched". Signature: two
 * events of one aggregate, fetched by different members, were handled at once in a run whose groups rebalanced.
 */
import { causeEvidence, remedy, type CauseRule } from '../cause-rule.js';

export const rebalanceOverlapCause: CauseRule = {
  id: 'rebalance-overlap',
  matches: (pair, { facts }) =>
    facts.rebalances > 0 && pair.origin === 'deliver' && !pair.sameSubscription && pair.sameLog && !pair.misrouted,
  alsoExplains: ({ verdict, facts }) => ({
    overlaps: facts.rebalances > 0 ? verdict.evidence.overlapsAcrossSubscriptions : 0,
  }),
  isLatent: () => false,
  describe: ({ facts }, { overlaps, regressions }) => ({
    confidence: 'likely',
    evidence: [
      causeEvidence('held-by-two-members', overlaps + regressions, facts.rebalances),
      causeEvidence('not-within-one-member'),
    ],
    refutes: ['unkeyed-pool'],
    remedy: remedy('finish-before-handover'),
  }),
};
