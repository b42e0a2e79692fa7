/**
 * The cause "publishers hash keys differently". Signature: the pair lies in two partitions of one topic and was sent by
 * two publishers; no two events of one publisher do.
 */
import { causeEvidence, remedy, type CauseRule } from '../cause-rule.js';
import { keySplitOf, liesInTwoPartitions, splitKeysIf } from './key-split.js';

export const partitionerMismatchCause: CauseRule = {
  id: 'partitioner-mismatch',
  matches: (pair, seen) => liesInTwoPartitions(pair) && keySplitOf(seen) === 'by publisher',
  alsoExplains: (seen) => splitKeysIf(seen, 'by publisher'),
  isLatent: () => false,
  describe: ({ verdict: { counts } }, { regressions }) => ({
    confidence: 'certain',
    evidence: [
      causeEvidence('partition-by-publisher', counts.splitKeys),
      causeEvidence('sent-by-different-publishers-only', regressions),
    ],
    refutes: ['missing-key', 'partition-expansion', 'unkeyed-pool'],
    remedy: remedy('one-partitioner'),
  }),
};
