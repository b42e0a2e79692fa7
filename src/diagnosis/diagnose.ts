/**
 * By which mechanism was order lost? Each rule claims the regressing pairs that bear its signature; what no rule
 * claims is unexplained and counted as such, never folded into the nearest cause.
 */
import type { Cause, Explained } from '../domain/run-report.js';
import type { Verdict } from '../domain/verdict.js';
import type { CauseRule } from './cause-rule.js';
import { concurrentPublishers } from './causes/concurrent-publishers.js';
import { overflowFallback } from './causes/overflow-fallback.js';
import { sharedDurable } from './causes/shared-durable.js';
import { unkeyedPool } from './causes/unkeyed-pool.js';

/** In the order in which they may claim a pair. */
const rules: readonly CauseRule[] = [concurrentPublishers, sharedDurable, overflowFallback, unkeyedPool];

export interface Diagnosis {
  readonly causes: readonly Cause[];
  readonly unexplained: Explained;
}

export function diagnose(verdict: Verdict): Diagnosis {
  const claimed = new Map<CauseRule, number>();
  let explained = 0;
  for (const pattern of verdict.patterns) {
    const rule = rules.find((candidate) => candidate.matches(pattern));
    if (rule === undefined) continue;
    claimed.set(rule, (claimed.get(rule) ?? 0) + pattern.count);
    explained += pattern.count;
  }
  const causes = rules.flatMap((rule) => causeOf(rule, verdict, claimed.get(rule) ?? 0));
  causes.sort((a, b) => b.explains.regressions - a.explains.regressions);
  return { causes, unexplained: unexplainedOf(verdict, explained) };
}

function causeOf(rule: CauseRule, verdict: Verdict, regressions: number): Cause[] {
  const latent = regressions === 0;
  if (latent && !rule.isLatent(verdict)) return [];
  return [
    {
      id: rule.id,
      explains: { regressions, duplicates: 0, lost: 0, overlaps: 0 },
      latent,
      ...rule.describe(verdict, regressions),
    },
  ];
}

function unexplainedOf({ counts }: Verdict, explainedRegressions: number): Explained {
  return {
    regressions: counts.regressions - explainedRegressions,
    duplicates: counts.duplicates.total,
    lost: counts.lost,
    overlaps: counts.overlaps,
  };
}
