/** Topics have several partitions and events no key: whatever partitions they reached, nothing keeps them in one. */
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';

export function noKey({ key, partitions }: Claims): LatentReason[] {
  if (key !== 'none' || partitions === null || partitions < 2) return [];
  return [{ kind: 'latent', of: 'no-key', numbers: { partitions }, detail: null }];
}
