/**
 * Tells apart the three mechanisms that put one aggregate's events into several partitions. The regressing pairs look
 * alike under all three; what differs is which publisher wrote to which partition, and how often the partition changed.
 */
import type { PairPattern } from '../../domain/report/verdict.js';
import type { ObservedRun } from '../cause-rule.js';

/** The pair lies in two partitions of one topic. */
export function liesInTwoPartitions(pair: PairPattern): boolean {
  return pair.origin === 'store' && !pair.sameLog && pair.sameTopic;
}

export type KeySplit = 'by publisher' | 'once' | 'all the time';

/** A key that moved changes partition once, or a few times where several of its events were in flight. */
const switchesOfAMove = 3;

/** null: no key is split. */
export function keySplitOf({ verdict: { counts, evidence, patterns } }: ObservedRun): KeySplit | null {
  if (counts.splitKeys === 0) return null;
  const pairs = patterns.filter(liesInTwoPartitions);
  if (pairs.length > 0 && pairs.every((pair) => !pair.samePublisher)) return 'by publisher';
  return evidence.partitionSwitches <= switchesOfAMove * counts.splitKeys ? 'once' : 'all the time';
}

/** The number of split keys if they are split in this way, otherwise 0: what a rule explains beside regressions. */
export function splitKeysIf(seen: ObservedRun, split: KeySplit): { splitKeys: number } {
  return { splitKeys: keySplitOf(seen) === split ? seen.verdict.counts.splitKeys : 0 };
}
