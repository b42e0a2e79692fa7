/**
 * The latent reason "a full queue breaks order". A full queue that blocks keeps order; one that rejects an event lets
 * those behind it go first, and one that has it handled on the spot lets it overtake those that are queued. It was
 * chance that the queue did not fill up, or that nothing came of it, unless the strategy repairs its input, or no queue
 * ever lets out more than one event at a time.
 */
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';
import { letsOutOneByOne } from '../judged-queues.js';

export function overflow({ overflow: policy, repairsInput, queues }: Claims): LatentReason[] {
  if (policy === null || policy === 'block' || repairsInput) return [];
  if (queues.length > 0 && queues.every(letsOutOneByOne)) return [];
  return [{ kind: 'latent', of: 'overflow', numbers: {}, detail: policy }];
}
