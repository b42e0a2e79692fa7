/**
 * The mechanisms that put one aggregate's events into several partitions: publishers that hash keys differently, added
 * partitions, and missing keys. The pairs that break look alike under all three. What differs is whether each publisher
 * keeps to one partition, and whether its events of an aggregate go back to a partition that they had left; a key that
 * moved never does.
 *
 * One mechanism is named for all split keys of a run by one publisher: with few versions, some aggregates of a run
 * without keys look as if they had moved once, or as if each publisher kept to a partition. Where all of them do, they
 * are few, and nobody saw partitions being added, the evidence cannot tell: then a missing key is possible.
 */
import type { AnomalySignature, SplitKeySignature } from '../../domain/report/anomaly-signature.js';
import { causeEvidence, countWhere, isOfTwo, remedy, type CauseRule, type ObservedRun } from '../cause-rule.js';

/** The pair lies in two partitions of one topic. */
function liesInTwoPartitions(signature: AnomalySignature): boolean {
  return isOfTwo(signature) && !signature.sameLog && signature.sameTopic;
}

/**
 * So many events, each in the partition of its publisher's earlier ones, are there by chance once in thirty times where
 * there are two partitions; and so many once in a thousand.
 */
const followersMin = 5;
const followersEnough = 10;

type Mechanism = 'mismatch' | 'expansion' | 'no key' | 'not told';

/** Why the keys of a run are split; null: none is. */
function mechanismOf(seen: ObservedRun): Mechanism | null {
  const split = (isLike: (signature: SplitKeySignature) => boolean = () => true): number =>
    countWhere(seen, (signature) => signature.kind === 'splitKeys' && isLike(signature));
  if (split() === 0) return null;
  const isAgainst = split(({ publishers, publishersKeep }) => publishers === 'one' || !publishersKeep);
  if (isAgainst === 0 && followersIn(seen) >= followersMin) return 'mismatch';
  if (split(({ returns }) => returns) > 0) return 'no key';
  return split(({ afterExpansion }) => afterExpansion) > 0 ? 'expansion' : 'not told';
}

/** Events that followed an earlier one of their publisher into its partition, over all split keys: at least so many. */
function followersIn({ signatures }: ObservedRun): number {
  return signatures.reduce(
    (sum, { signature, count }) => sum + (signature.kind === 'splitKeys' ? count * signature.followers : 0),
    0,
  );
}

function matching(...mechanisms: readonly Mechanism[]): CauseRule['matches'] {
  return (signature, seen) => {
    if (signature.kind !== 'splitKeys' && !liesInTwoPartitions(signature)) return false;
    const mechanism = mechanismOf(seen);
    return mechanism !== null && mechanisms.includes(mechanism);
  };
}

/**
 * Signature: each publisher puts all events of an aggregate into one partition, and another one into another. A client
 * without keys that takes partitions in turn may look the same, so this is never certain.
 */
export const partitionerMismatchCause: CauseRule = {
  id: 'partitioner-mismatch',
  matches: matching('mismatch'),
  describe: (seen) => ({
    confidence: followersIn(seen) >= followersEnough ? 'likely' : 'possible',
    evidence: [
      causeEvidence('partition-by-publisher', seen.counts.splitKeys),
      causeEvidence('followed-into-partition', followersIn(seen)),
    ],
    refutes: ['partition-expansion', 'unkeyed-pool'],
    remedy: remedy('one-partitioner'),
  }),
};

/** Signature: partitions were added, and no aggregate goes back to a partition that it had left. */
export const partitionExpansionCause: CauseRule = {
  id: 'partition-expansion',
  matches: matching('expansion'),
  describe: ({ counts, evidence }) => ({
    confidence: 'certain',
    evidence: [
      causeEvidence('moved-partition-once', evidence.partitionSwitches, counts.splitKeys),
      causeEvidence('read-from-both-partitions'),
    ],
    refutes: ['missing-key', 'unkeyed-pool'],
    remedy: remedy('partitions-from-start'),
  }),
};

/** Signature: the events that one publisher sent of an aggregate go to and fro between partitions. */
export const missingKeyCause: CauseRule = {
  id: 'missing-key',
  matches: matching('no key', 'not told'),
  describe: (seen) => {
    const { counts, evidence } = seen;
    const returned = countWhere(seen, (signature) => signature.kind === 'splitKeys' && signature.returns);
    const isTold = mechanismOf(seen) === 'no key';
    return {
      confidence: isTold ? 'certain' : 'possible',
      evidence: [
        causeEvidence('changed-partition-often', evidence.partitionSwitches, counts.splitKeys),
        isTold
          ? causeEvidence('back-to-a-partition', returned, counts.splitKeys)
          : causeEvidence('too-few-versions-to-tell'),
        causeEvidence('no-order-between-partitions'),
      ],
      refutes: ['shared-durable', 'unkeyed-pool', ...(isTold ? ['partition-expansion', 'partitioner-mismatch'] : [])],
      remedy: remedy('key-by-aggregate'),
    };
  },
};
