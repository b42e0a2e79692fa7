/** Makes the spread of how far back regressions reach, from those regressions of a row that its report tells. */
import type { RunRow } from '../../domain/report/run-report.js';
import type { PageBin, PageExtents } from './page-data.js';

/** Bars of a spread, at most. */
const binsMax = 30;

/** @returns null if nothing regressed, or the report does not say how far */
export function extentsOf({ reordering, aggregates, counts }: RunRow): PageExtents | null {
  const { extentP50, extentMax, resequencerDepth } = reordering;
  if (extentP50 === null || extentMax === null) return null;
  const told = aggregates.flatMap(({ examples }) => examples);
  return {
    p50: extentP50,
    max: extentMax,
    depth: resequencerDepth,
    told: told.length,
    regressions: counts.regressions,
    places: binned(told.map(({ witness }) => witness.extent)),
    versions: binned(told.map(({ version, afterVersion }) => afterVersion - version)),
  };
}

/** Bins of the same width from 1 on; empty ones between others are kept. */
function binned(values: readonly number[]): PageBin[] {
  const most = values.reduce((max, value) => Math.max(max, value), 0);
  const width = Math.max(1, Math.ceil(most / binsMax));
  const counts = Array.from({ length: Math.ceil(most / width) }, () => 0);
  for (const value of values) counts[Math.ceil(value / width) - 1]! += 1;
  return counts.map((count, index) => ({ from: index * width + 1, to: (index + 1) * width, count }));
}
