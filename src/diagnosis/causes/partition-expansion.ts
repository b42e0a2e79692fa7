/**
 * The cause "partitions were added while events were published", which moves keys to other partitions. Signature: the
 * pair lies in two partitions of one topic, and each key changed partition once.
 */
import { causeEvidence, remedy, type CauseRule } from '../cause-rule.js';
import { keySplitOf, liesInTwoPartitions, splitKeysIf } from './key-split.js';

export const partitionExpansionCause: CauseRule = {
  id: 'partition-expansion',
  matches: (pair, seen) => liesInTwoPartitions(pair) && keySplitOf(seen) === 'once',
  alsoExplains: (seen) => splitKeysIf(seen, 'once'),
  isLatent: () => false,
  describe: ({ verdict: { counts, evidence } }) => ({
    confidence: 'likely',
    evidence: [
      causeEvidence('moved-partition-once', evidence.partitionSwitches, counts.splitKeys),
      causeEvidence('read-from-both-partitions'),
    ],
    refutes: ['missing-key', 'unkeyed-pool'],
    remedy: remedy('partitions-from-start'),
  }),
};
