/**
 * The cause "the events of one aggregate are spread over topics", where order is asked for across them. Signature: the
 * two events lie in different topics, between which no broker holds an order.
 */
import { causeEvidence, countWhere, isOfTwo, remedy, sumOf, type CauseRule } from '../cause-rule.js';

export const acrossTopicsCause: CauseRule = {
  id: 'aggregate-across-topics',
  matches: (signature) => isOfTwo(signature) && !signature.sameTopic,
  describe: (seen, explained) => ({
    confidence: 'certain',
    evidence: [
      causeEvidence('in-different-topics', sumOf(explained)),
      causeEvidence(
        'within-one-topic',
        countWhere(seen, (signature) => isOfTwo(signature) && signature.sameTopic),
      ),
    ],
    refutes: ['unkeyed-pool', 'shared-durable'],
    remedy: remedy('one-topic-per-aggregate'),
  }),
};
