/**
 * Workers are not chosen by aggregate. Signature: the pair was delivered and submitted in order and ran in different
 * lanes; order was lost at start.
 */
import type { CauseRule } from '../cause-rule.js';

export const unkeyedPool: CauseRule = {
  id: 'unkeyed-pool',
  matches: (pair) => pair.origin === 'start' && !pair.sameLane && !pair.outsideLanes && !pair.lateRedelivered,
  isLatent: () => false,
  describe: (_verdict, regressions) => ({
    confidence: 'certain',
    evidence: [
      `${regressions} pairs were submitted in order, ran in different lanes and started in the wrong order`,
      'had the subscriptions been the cause, the pairs would have been in the wrong order at deliver already',
    ],
    refutes: ['shared-durable'],
    remedy: 'choose the lane by the aggregate id (keyed-pool), or keep a queue per aggregate (aggregate-queue)',
  }),
};
