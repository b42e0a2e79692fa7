/** Between which stages of those that were seen a record lost the order of its regressions. */
import { stages, type Stage } from '../../domain/observation.js';
import type { OriginRange, Verdict } from '../../domain/report/verdict.js';

/** null: it is the first one. */
export function stageBefore(stage: Stage): Stage | null {
  return stages[stages.indexOf(stage) - 1] ?? null;
}

export function originsOf({ origins, unknownOrigins, counts }: Verdict): OriginRange[] {
  if (counts.regressions === 0) return [];
  const { finish: _, ...all } = origins;
  // Origins at `deliver` include those of completion inversions.
  const ofCompletion = Object.values(all).reduce((sum, count) => sum + count, 0) - counts.regressions;
  const known = (['publish', 'store', 'deliver', 'submit', 'start'] as const)
    .map((by) => ({ after: stageBefore(by), by, count: origins[by] - (by === 'deliver' ? ofCompletion : 0) }))
    .filter(({ count }) => count > 0);
  return [...known, ...unknownOrigins].sort((a, b) => b.count - a.count);
}
