/**
 * The cause "the events of one aggregate are spread over topics", where order is asked for across them. Signature: the
 * two events lie in different topics, between which no broker holds an order.
 */
import { causeEvidence, countWhere, isOfTwo, isUnbroken, remedy, sumOf, type CauseRule } from '../cause-rule.js';

export const acrossTopicsCause: CauseRule = {
  id: 'aggregate-across-topics',
  matches: (signature) => isOfTwo(signature) && !signature.sameTopic,
  isLatent: (seen) => isUnbroken(seen) && seen.atWork.besideOtherTopic > 0,
  describe: (seen, explained) => ({
    confidence: 'certain',
    evidence: isUnbroken(seen)
      ? [causeEvidence('held-beside-other-topic', seen.atWork.besideOtherTopic)]
      : [
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
