/**
 * What several runs of a bus come to where a race decides. A shared durable loses order when two subscriptions fetch
 * at about the same time. On a machine whose schedule keeps them apart a run may show no inversion: it is then
 * inconclusive, never ordered.
 */
import type { RunRow } from '../../src/domain/report/run-report.js';

/** Flags for so many runs that all of them without an inversion is no chance anybody meets. */
export const repeatedRace = ['--repeat', '5'] as const;

/** `violated` if at least one run is and no run is ordered; else all outcomes, so that a failure shows them. */
export function raceOutcome(rows: readonly RunRow[]): string {
  const outcomes = rows.map(({ outcome }) => outcome);
  const held = outcomes.some((outcome) => outcome !== 'violated' && outcome !== 'inconclusive');
  if (!held && outcomes.includes('violated')) return 'violated';
  return rows
    .map(({ id, outcome, counts, exposure }) => `${id} ${outcome}: ${counts.regressions} of ${exposure.contestedPairs}`)
    .join('; ');
}
