/**
 * In which way is a key split? Three mechanisms put one aggregate's events into several partitions, and the pairs that
 * regress for it look alike; what differs is who wrote where, and how often the partition changed.
 */
import type { PairPattern } from '../../domain/verdict.js';
import type { Seen } from '../cause-rule.js';

/** The pair lies in two partitions of one topic. */
export function liesInTwoPartitions(pair: PairPattern): boolean {
  return pair.origin === 'store' && !pair.sameLog && pair.sameTopic;
}

export type KeySplit = 'by publisher' | 'once' | 'all the time';

/** Consecutive events of a key that moved once change partition once; a few more where acks came out of turn. */
const switchesOfAMove = 3;

/** null: no key is split. */
export function keySplitOf({ verdict: { counts, evidence, patterns } }: Seen): KeySplit | null {
  if (counts.splitKeys === 0) return null;
  if (evidence.partitionSwitches <= switchesOfAMove * counts.splitKeys) return 'once';
  const pairs = patterns.filter(liesInTwoPartitions);
  return pairs.length > 0 && pairs.every((pair) => !pair.samePublisher) ? 'by publisher' : 'all the time';
}
