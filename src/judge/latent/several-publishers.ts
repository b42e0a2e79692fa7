/**
 * Publish calls of one aggregate were open at the same time. Those of different publishers may be stored in any order;
 * those of one publisher that does not wait are in order only if its client keeps them so. Where an aggregate is known to
 * have several publishers, that their calls never met is luck as well: nothing keeps one of them waiting for another.
 */
import type { Claims } from '../../domain/claims.js';
import type { LatentReason } from '../../domain/reason.js';
import type { Evidence } from '../../domain/verdict.js';

export function severalPublishers(claims: Claims, { publishOverlaps }: Evidence): LatentReason[] {
  const { acrossPublishers } = publishOverlaps;
  const withinPublisher = claims.clientKeepsSendOrder === true ? 0 : publishOverlaps.withinPublisher;
  const hasSeveral = (claims.publishersPerAggregate ?? 1) > 1;
  if (acrossPublishers === 0 && withinPublisher === 0 && !hasSeveral) return [];
  return [{ kind: 'latent', of: 'several-publishers', numbers: { acrossPublishers, withinPublisher }, detail: null }];
}
