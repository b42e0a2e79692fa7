/**
 * Publish calls of one aggregate were open at the same time. Those of different publishers may be stored in any order;
 * those of one publisher that does not wait are in order only if its client keeps them so.
 */
import type { Claims } from '../../domain/claims.js';
import type { LatentReason } from '../../domain/reason.js';
import type { Evidence } from '../../domain/verdict.js';

export function severalPublishers({ clientKeepsSendOrder }: Claims, { publishOverlaps }: Evidence): LatentReason[] {
  const { acrossPublishers } = publishOverlaps;
  const withinPublisher = clientKeepsSendOrder === true ? 0 : publishOverlaps.withinPublisher;
  if (acrossPublishers === 0 && withinPublisher === 0) return [];
  return [{ kind: 'latent', of: 'several-publishers', numbers: { acrossPublishers, withinPublisher }, detail: null }];
}
