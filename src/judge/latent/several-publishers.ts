/**
 * The latent reason "publish calls of one aggregate were open at the same time". Calls of different publishers may be
 * stored in any order; calls of one publisher that does not wait are in order only if its client keeps them so. Where
 * several publishers share an aggregate, it was chance too if none of their calls overlapped.
 */
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';
import type { Evidence } from '../../domain/report/verdict.js';

export function severalPublishers(
  { publishersPerAggregate, clientKeepsSendOrder }: Claims,
  { publishOverlaps }: Evidence,
): LatentReason[] {
  const { acrossPublishers } = publishOverlaps;
  const withinPublisher = clientKeepsSendOrder === true ? 0 : publishOverlaps.withinPublisher;
  const isShared = publishersPerAggregate !== null && publishersPerAggregate > 1;
  if (!isShared && acrossPublishers === 0 && withinPublisher === 0) return [];
  return [{ kind: 'latent', of: 'several-publishers', numbers: { acrossPublishers, withinPublisher }, detail: null }];
}
