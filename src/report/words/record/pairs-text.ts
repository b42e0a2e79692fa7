/** Says of late events what they do not have in common with the event before them, and which hazards look like that. */
import type { RecordPairs } from '../../../domain/record/record-report.js';
import type { OriginRange } from '../../../domain/report/verdict.js';
import { listed } from '../../../text/lists.js';
import { formatCount } from '../../../text/numbers.js';

type Difference = Exclude<keyof RecordPairs, 'regressions'>;

const differences: readonly (readonly [Difference, words: string, hazards: readonly string[]])[] = [
  ['otherPublisher', 'from different publishers', ['concurrent-publishers']],
  ['otherPartition', 'in different partitions', ['missing-key', 'partitioner-mismatch', 'partition-expansion']],
  ['otherSubscription', 'fetched by different subscriptions', ['shared-durable', 'competing-pullers']],
  ['redelivered', 'delivered before', ['nak-behind-batch', 'ack-wait-expiry', 'crash-redelivery']],
  ['otherLane', 'in different lanes', ['unkeyed-pool', 'pool-resize']],
];

/** `42 of 42 fetched by different subscriptions, 40 of 42 in different lanes`; null: no field tells. */
export function pairsText(pairs: RecordPairs): string | null {
  const told = differences.flatMap(([difference, words]) => {
    const count = pairs[difference];
    return count === null ? [] : [`${formatCount(count)} of ${formatCount(pairs.regressions)} ${words}`];
  });
  return told.length === 0 ? null : listed(told, 'and');
}

/**
 * Ids of hazards that the first difference which most pairs have looks like. A difference that comes before explains
 * those behind it: events of two subscriptions are in two lanes as well.
 */
export function hazardsLike(pairs: RecordPairs, origins: readonly OriginRange[]): readonly string[] {
  const isMost = (count: number): boolean => 2 * count > pairs.regressions;
  const behindDelivery = origins.reduce((sum, { after, count }) => sum + (isBehindDelivery(after) ? count : 0), 0);
  const most = differences.find(([difference]) => isMost(pairs[difference] ?? 0));
  // Lanes do not explain what was lost before events came to them.
  if (most?.[0] === 'otherLane' && !isMost(behindDelivery)) return [];
  return most?.[2] ?? [];
}

function isBehindDelivery(after: OriginRange['after']): boolean {
  return after === 'deliver' || after === 'submit';
}
