/**
 * The latent reason "several queues or logs feed one aggregate": order held, but nothing ensured it. Each queue or log may
 * be in order, but nothing orders one against another, unless the strategy does. An aggregate has more than one source only
 * where order is promised across topics; null: the number of sources is not known, so nothing is claimed.
 */
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';

export function severalSources({ sourcesPerAggregate: sources, repairsInput }: Claims): LatentReason[] {
  if (sources === null || sources < 2 || repairsInput) return [];
  return [{ kind: 'latent', of: 'several-sources', numbers: { sources }, detail: null }];
}
