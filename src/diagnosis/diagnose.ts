/**
 * Names the mechanisms by which a run lost order. Each cause rule claims the anomalies that bear its signature; what no
 * rule claims is counted as unexplained, never attributed to the nearest cause.
 */
import type { Cause, Explained } from '../domain/report/run-report.js';
import type { Verdict } from '../domain/report/verdict.js';
import { noFacts, type CauseRule, type RunFacts, type ObservedRun } from './cause-rule.js';
import { concurrentPublishersCause } from './causes/concurrent-publishers.js';
import { missingKeyCause } from './causes/missing-key.js';
import { overflowFallbackCause } from './causes/overflow-fallback.js';
import { partitionExpansionCause } from './causes/partition-expansion.js';
import { partitionerMismatchCause } from './causes/partitioner-mismatch.js';
import { publishRetryCause } from './causes/publish-retry.js';
import { publishRetryDuplicateCause } from './causes/publish-retry-duplicate.js';
import { rebalanceOverlapCause } from './causes/rebalance-overlap.js';
import { rebalanceReplayCause } from './causes/rebalance-replay.js';
import { sharedDurableCause } from './causes/shared-durable.js';
import { unkeyedPoolCause } from './causes/unkeyed-pool.js';

export type { RunFacts } from './cause-rule.js';

/** In the order in which they may claim a pair. */
const rules: readonly CauseRule[] = [
  partitionerMismatchCause,
  partitionExpansionCause,
  missingKeyCause,
  publishRetryCause,
  publishRetryDuplicateCause,
  concurrentPublishersCause,
  sharedDurableCause,
  overflowFallbackCause,
  unkeyedPoolCause,
  rebalanceReplayCause,
  rebalanceOverlapCause,
];

/** Ids of the causes that a diagnosis can name. */
export const causeIds: readonly string[] = rules.map(({ id }) => id);

export interface Diagnosis {
  readonly causes: readonly Cause[];
  readonly unexplained: Explained;
}

/** @param facts what was seen beside the events; nothing if not given */
export function diagnose(verdict: Verdict, facts: RunFacts = noFacts): Diagnosis {
  const seen = { verdict, facts };
  const claimed = new Map<CauseRule, number>();
  for (const pattern of verdict.patterns) {
    const rule = rules.find((candidate) => candidate.matches(pattern, seen));
    if (rule !== undefined) claimed.set(rule, (claimed.get(rule) ?? 0) + pattern.count);
  }
  const causes = rules.flatMap((rule) => causeOf(rule, seen, claimed.get(rule) ?? 0));
  causes.sort((a, b) => b.explains.regressions - a.explains.regressions || sizeOf(b) - sizeOf(a));
  return { causes, unexplained: unexplainedOf(verdict, causes) };
}

const nothing: Explained = { regressions: 0, duplicates: 0, lost: 0, overlaps: 0, storeInversions: 0, splitKeys: 0 };

function causeOf(rule: CauseRule, seen: ObservedRun, regressions: number): Cause[] {
  const explains = { ...nothing, ...rule.alsoExplains?.(seen), regressions };
  const latent = Object.values(explains).every((count) => count === 0);
  if (latent && !rule.isLatent(seen)) return [];
  return [{ id: rule.id, explains, latent, ...rule.describe(seen, explains) }];
}

function sizeOf({ explains }: Cause): number {
  return explains.duplicates + explains.lost + explains.overlaps + explains.storeInversions + explains.splitKeys;
}

function unexplainedOf({ counts }: Verdict, causes: readonly Cause[]): Explained {
  const rest = (total: number, of: keyof Explained): number =>
    total - causes.reduce((sum, { explains }) => sum + explains[of], 0);
  return {
    regressions: rest(counts.regressions, 'regressions'),
    duplicates: rest(counts.duplicates.total, 'duplicates'),
    lost: rest(counts.lost, 'lost'),
    overlaps: rest(counts.overlaps, 'overlaps'),
    storeInversions: rest(counts.storeInversions, 'storeInversions'),
    splitKeys: rest(counts.splitKeys, 'splitKeys'),
  };
}
