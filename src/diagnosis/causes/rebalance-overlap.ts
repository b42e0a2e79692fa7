/**
 * A partition went to a new owner while the old one was still handling what it had fetched. Signature: two events of one
 * aggregate, fetched by different members, were handled at once in a run whose groups rebalanced.
 */
import { counted, type CauseRule } from '../cause-rule.js';

export const rebalanceOverlap: CauseRule = {
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
      `${counted(overlaps + regressions, 'pair')} of one aggregate were held by two members at once, in a run with ${counted(facts.rebalances, 'rebalance')}`,
      'within one member its events never overlapped, or that is counted elsewhere',
    ],
    refutes: ['unkeyed-pool'],
    remedy:
      'finish or drop what is under way before partitions are given up: smaller batches, and a handler that checks whether its partition is still assigned',
  }),
};
