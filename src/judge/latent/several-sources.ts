/**
 * The latent reason "several queues or logs feed one aggregate", where order is promised across topics. Each queue or
 * log may be in order, but nothing orders one against another, unless the strategy does.
 */
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';

export function severalSources({ sourcesPerAggregate: sources, repairsInput }: Claims): LatentReason[] {
  if (sources === null || sources < 2 || repairsInput) return [];
  return [{ kind: 'latent', of: 'several-sources', numbers: { sources }, detail: null }];
}
