/**
 * The latent reason "the strategy claims no order": where order held, it was not the strategy that kept it. A strategy
 * of which nothing is known claims nothing either.
 */
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';

export function noOrderClaimed({ guarantee }: Claims): LatentReason[] {
  const claimed = guarantee?.order ?? 'none';
  return claimed === 'none' ? [{ kind: 'latent', of: 'no-order-claimed', numbers: {}, detail: null }] : [];
}
