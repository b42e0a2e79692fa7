/**
 * The cause "workers are not chosen by aggregate". Signature: the pair was delivered and submitted in order and ran in
 * different lanes, and order was lost at start; or order held, but events of one aggregate were handled at the same
 * time, which a serial lane cannot do.
 */
import { causeEvidence, remedy, type CauseRule } from '../cause-rule.js';

export const unkeyedPoolCause: CauseRule = {
  id: 'unkeyed-pool',
  matches: (pair) => pair.origin === 'start' && !pair.sameLane && !pair.outsideLanes && !pair.lateRedelivered,
  alsoExplains: ({ verdict: { counts, evidence }, facts }) => ({
    overlaps: facts.rebalances > 0 ? counts.overlaps - evidence.overlapsAcrossSubscriptions : counts.overlaps,
  }),
  isLatent: () => false,
  describe: (_seen, { regressions, overlaps }) => ({
    confidence: 'certain',
    evidence: [
      regressions > 0
        ? causeEvidence('started-in-different-lanes', regressions)
        : causeEvidence('ran-at-once-in-lanes', overlaps),
      causeEvidence('not-lost-at-deliver'),
    ],
    refutes: ['shared-durable'],
    remedy: remedy('lane-by-aggregate'),
  }),
};
