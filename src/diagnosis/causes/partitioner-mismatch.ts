/**
 * Publishers hash keys differently. Signature: the pair lies in two partitions of one topic and was sent by two
 * publishers; no two events of one publisher do.
 */
import { counted, type CauseRule } from '../cause-rule.js';
import { keySplitOf, liesInTwoPartitions, splitKeysIf } from './key-split.js';

export const partitionerMismatch: CauseRule = {
  id: 'partitioner-mismatch',
  matches: (pair, seen) => liesInTwoPartitions(pair) && keySplitOf(seen) === 'by publisher',
  alsoExplains: (seen) => splitKeysIf(seen, 'by publisher'),
  isLatent: () => false,
  describe: ({ verdict: { counts } }, { regressions }) => ({
    confidence: 'certain',
    evidence: [
      `${counted(counts.splitKeys, 'aggregate')} lie in several partitions, one for each publisher`,
      `in ${counted(regressions, 'regressing pair')} the two events came from different publishers, in no pair from one`,
    ],
    refutes: ['missing-key', 'partition-expansion', 'unkeyed-pool'],
    remedy:
      'let all publishers use the same partitioner (Java and kafkajs 2: murmur2), and one publisher own each aggregate',
  }),
};
