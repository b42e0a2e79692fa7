/**
 * Partitions were added while events were published, so keys moved. Signature: the pair lies in two partitions of one
 * topic, and each key changed partition once.
 */
import { counted, type CauseRule } from '../cause-rule.js';
import { keySplitOf, liesInTwoPartitions, splitKeysIf } from './key-split.js';

export const partitionExpansion: CauseRule = {
  id: 'partition-expansion',
  matches: (pair, seen) => liesInTwoPartitions(pair) && keySplitOf(seen) === 'once',
  alsoExplains: (seen) => splitKeysIf(seen, 'once'),
  isLatent: () => false,
  describe: ({ verdict: { counts, evidence } }) => ({
    confidence: 'likely',
    evidence: [
      `${counted(counts.splitKeys, 'aggregate')} moved to another partition once (${counted(evidence.partitionSwitches, 'change')} in all)`,
      'what was stored before the move is read from one partition, what came after from another, in no order',
    ],
    refutes: ['missing-key', 'unkeyed-pool'],
    remedy: 'give a topic the partitions it will need from the start, or let it run dry before partitions are added',
  }),
};
