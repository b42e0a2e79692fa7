/**
 * The latent reason "events have no key of their aggregate": topics have several partitions, and nothing keeps an aggregate's events in
 * one of them, whichever they reached in this run.
 */
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';

export function noKey({ key, partitions }: Claims): LatentReason[] {
  if ((key !== 'none' && key !== 'event') || partitions === null || partitions < 2) return [];
  return [{ kind: 'latent', of: 'no-key', numbers: { partitions }, detail: null }];
}
