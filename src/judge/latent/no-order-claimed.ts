/**
 * The strategy itself claims no order, so order that held was not its doing. A strategy of which nothing is known claims
 * nothing either.
 */
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';

export function noOrderClaimed({ guarantee }: Claims): LatentReason[] {
  const claimed = guarantee?.order ?? 'none';
  return claimed === 'none' ? [{ kind: 'latent', of: 'no-order-claimed', numbers: {}, detail: null }] : [];
}
