/** Makes what happened to a row beside its events: rebalances, and the disturbances that were carried out. */
import type { RunRow } from '../../domain/report/run-report.js';
import type { PageIncident } from './page-data.js';

/** Incidents that a page shows of a row, at most: the first ones. */
const incidentsMax = 60;

export function incidentsOf({ rebalances, disturbances }: RunRow): {
  readonly incidents: readonly PageIncident[];
  readonly incidentsTotal: number;
} {
  const all: PageIncident[] = [
    ...rebalances.map(({ atMs, group, epoch }) => ({
      ...{ atMs, kind: 'rebalance' as const },
      text: `rebalance ${String(epoch)} of ${group}`,
    })),
    ...disturbances.map(({ atMs, what }) => ({ atMs, kind: 'disturbance' as const, text: what })),
  ];
  const sorted = all.sort((a, b) => a.atMs - b.atMs);
  return { incidents: sorted.slice(0, incidentsMax), incidentsTotal: sorted.length };
}
