/**
 * Several subscriptions are bound to one durable without a filter: each gets any topic's events, so one aggregate's
 * events are in several fetch loops at once. Signature: the pair was fetched by different subscriptions, at least one
 * of which does not own the topic, by first deliveries, and order was lost at deliver or submit.
 */
import { percent, type CauseRule } from '../cause-rule.js';

export const sharedDurable: CauseRule = {
  id: 'shared-durable',
  matches: (pair) =>
    (pair.origin === 'deliver' || pair.origin === 'submit') &&
    !pair.sameSubscription &&
    pair.misrouted &&
    pair.sameTopic &&
    !pair.lateRedelivered,
  isLatent: ({ verdict: { counts, exposure } }) => counts.misroutes > 0 && exposure.splitPairs > 0,
  describe: ({ verdict: { counts, exposure } }, { regressions }) => ({
    confidence: 'certain',
    evidence: [
      `${percent(counts.misroutes, counts.delivered)} of deliveries were fetched by a subscription that does not own their topic`,
      regressions > 0
        ? `${regressions} pairs were fetched by different subscriptions and were in the wrong order before any queue or lane`
        : `${exposure.splitPairs} pairs were held by different subscriptions at once; nothing but luck kept them in order`,
      'had the queue or the lanes been the cause, pairs would have arrived in order and lost it at start',
    ],
    refutes: ['many-writers', 'unkeyed-pool'],
    remedy:
      'give every subscription a durable of its own with its topic as filter (multi/per-topic), or use one subscription (single)',
  }),
};
