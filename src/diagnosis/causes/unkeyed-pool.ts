/**
 * Workers are not chosen by aggregate. Signature: the pair was delivered and submitted in order and ran in different
 * lanes; order was lost at start. Or nothing was lost, but events of one aggregate were handled at once: a serial lane
 * cannot do that.
 */
import { counted, type CauseRule } from '../cause-rule.js';

export const unkeyedPool: CauseRule = {
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
        ? `${counted(regressions, 'pair')} were submitted in order, ran in different lanes and started in the wrong order`
        : `events of one aggregate ran in several lanes at once (${counted(overlaps, 'pair')}); had one serial lane had them all, none could`,
      'had the subscriptions been the cause, the pairs would have been in the wrong order at deliver already',
    ],
    refutes: ['shared-durable'],
    remedy: 'choose the lane by the aggregate id (keyed-pool), or keep a queue per aggregate (aggregate-queue)',
  }),
};
