/**
 * Names the mechanisms by which a run lost order. Each cause rule claims the anomalies that bear its signature; what no
 * rule claims is counted as unexplained, never attributed to the nearest cause.
 */
import type { Cause, Explained } from '../domain/report/run-report.js';
import type { Verdict } from '../domain/report/verdict.js';
import { noFacts, type CauseRule, type RunFacts, type Seen } from './cause-rule.js';
import { concurrentPublishers } from './causes/concurrent-publishers.js';
import { missingKey } from './causes/missing-key.js';
import { overflowFallback } from './causes/overflow-fallback.js';
import { partitionExpansion } from './causes/partition-expansion.js';
import { partitionerMismatch } from './causes/partitioner-mismatch.js';
import { publishRetry } from './causes/publish-retry.js';
import { publishRetryDuplicate } from './causes/publish-retry-duplicate.js';
import { rebalanceOverlap } from './causes/rebalance-overlap.js';
import { rebalanceReplay } from './causes/rebalance-replay.js';
import { sharedDurable } from './causes/shared-durable.js';
import { unkeyedPool } from './causes/unkeyed-pool.js';

export type { RunFacts } from './cause-rule.js';

/** In the order in which they may claim a pair. */
const rules: readonly CauseRule[] = [
  partitionerMismatch,
  partitionExpansion,
  missingKey,
  publishRetry,
  publishRetryDuplicate,
  concurrentPublishers,
  sharedDurable,
  overflowFallback,
  unkeyedPool,
  rebalanceReplay,
  rebalanceOverlap,
];

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

function causeOf(rule: CauseRule, seen: Seen, regressions: number): Cause[] {
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
