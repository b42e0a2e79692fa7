/**
 * The cause "events have no key": the client spreads them over the partitions. Signature: the pair lies in two
 * partitions of one topic, sent by one publisher, and the partition changes all the time.
 */
import { causeEvidence, remedy, type CauseRule } from '../cause-rule.js';
import { keySplitOf, liesInTwoPartitions, splitKeysIf } from './key-split.js';

export const missingKeyCause: CauseRule = {
  id: 'missing-key',
  matches: (pair, seen) => liesInTwoPartitions(pair) && keySplitOf(seen) === 'all the time',
  alsoExplains: (seen) => splitKeysIf(seen, 'all the time'),
  isLatent: () => false,
  describe: ({ verdict: { counts, evidence } }) => ({
    confidence: 'certain',
    evidence: [
      causeEvidence('changed-partition-often', evidence.partitionSwitches, counts.splitKeys),
      causeEvidence('no-order-between-partitions'),
    ],
    refutes: ['shared-durable', 'unkeyed-pool', 'partition-expansion'],
    remedy: remedy('key-by-aggregate'),
  }),
};
