/**
 * Order is promised across topics, and an aggregate's events come from several queues or logs: each of them may be in order,
 * and nothing orders one against another, unless the strategy does.
 */
import type { Claims } from '../../domain/report/claims.js';
import type { LatentReason } from '../../domain/report/reason.js';

export function severalSources({ sourcesPerAggregate: sources, repairsInput }: Claims): LatentReason[] {
  if (sources === null || sources < 2 || repairsInput) return [];
  return [{ kind: 'latent', of: 'several-sources', numbers: { sources }, detail: null }];
}
