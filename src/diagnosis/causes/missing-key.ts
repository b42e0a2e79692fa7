/**
 * Events have no key, so the client spreads them over the partitions. Signature: the pair lies in two partitions of one
 * topic, sent by one publisher, and the partition changes all the time.
 */
import { counted, type CauseRule } from '../cause-rule.js';
import { keySplitOf, liesInTwoPartitions, splitKeysIf } from './key-split.js';

export const missingKey: CauseRule = {
  id: 'missing-key',
  matches: (pair, seen) => liesInTwoPartitions(pair) && keySplitOf(seen) === 'all the time',
  alsoExplains: (seen) => splitKeysIf(seen, 'all the time'),
  isLatent: () => false,
  describe: ({ verdict: { counts, evidence } }) => ({
    confidence: 'certain',
    evidence: [
      `${counted(counts.splitKeys, 'aggregate')} lie in several partitions, and their events changed partition ${counted(evidence.partitionSwitches, 'time')}`,
      'between partitions the log holds no order, so no consumer could have kept it',
    ],
    refutes: ['shared-durable', 'unkeyed-pool', 'partition-expansion'],
    remedy: 'publish with the id of the aggregate as message key, so that all of its events go to one partition',
  }),
};
