/** The strategy itself claims no order, so order that held was not its doing. */
import type { Claims } from '../../domain/claims.js';
import type { LatentReason } from '../../domain/reason.js';

export function noOrderClaimed({ guarantee }: Claims): LatentReason[] {
  return guarantee?.order === 'none' ? [{ kind: 'latent', of: 'no-order-claimed', numbers: {}, detail: null }] : [];
}
