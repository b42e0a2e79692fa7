/**
 * What a full queue does to an event: to block keeps order; to reject it, or to handle it on the spot, lets those that are
 * queued, or those behind it, go first. That the queue did not get full, or that nothing came of it, was chance; unless the
 * strategy repairs its input, or no queue ever lets out more than one at a time.
 */
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';
import { letsOutOneByOne } from '../queues.js';

export function overflow({ overflow: policy, repairsInput, queues }: Claims): LatentReason[] {
  if (policy === null || policy === 'block' || repairsInput) return [];
  if (queues.length > 0 && queues.every(letsOutOneByOne)) return [];
  return [{ kind: 'latent', of: 'overflow', numbers: {}, detail: policy }];
}
