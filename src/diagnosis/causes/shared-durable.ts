/**
 * The cause "several subscriptions are bound to one durable without a filter": each gets events of any topic, so one
 * aggregate's events are in several fetch loops at once. Signature: the pair was fetched by different subscriptions, at
 * least one of which does not own the topic, by first deliveries, and order was lost at deliver or submit.
 */
import { causeEvidence, remedy, type CauseRule } from '../cause-rule.js';

export const sharedDurableCause: CauseRule = {
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
      causeEvidence('misroutes', counts.misroutes, counts.delivered),
      regressions > 0
        ? causeEvidence('lost-before-lanes', regressions)
        : causeEvidence('held-by-two-subscriptions', exposure.splitPairs, exposure.inFlightPairs),
      causeEvidence('not-lost-at-start'),
    ],
    refutes: ['many-writers', 'unkeyed-pool'],
    remedy: remedy('durable-per-topic'),
  }),
};
