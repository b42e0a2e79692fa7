/** Makes the curves of a sweep: for each swept field a series a row, with a point for each value. */
import type { SweepFigures, SweepSeries } from '../../domain/scenario/sweep.js';
import type { PageClock, PageSweep, PageSweepPoint } from './page-data.js';

/** Curves in one picture, at most; as many as colours and signs tell apart. */
const seriesMax = 8;

export function pageSweepsOf(sweeps: readonly SweepSeries[], clock: PageClock): PageSweep[] {
  const fields = [...new Set(sweeps.map(({ field }) => field))];
  return fields.map((field) => {
    const ofField = sweeps.filter((one) => one.field === field);
    const shown = ofField.slice(0, seriesMax);
    return {
      ...{ field, clock, seriesLeftOut: ofField.length - shown.length },
      values: [...new Set(shown.flatMap(({ points }) => points.map(({ value }) => value)))],
      series: shown.map(({ name, points }) => ({ name, points: points.map(pointOf) })),
    };
  });
}

function pointOf({ value, outcome, regressionsPerRun, handledPerSecond, p99Ms }: SweepFigures): PageSweepPoint {
  return {
    ...{ value, outcome, handledPerSecond, p99Ms },
    regressions: regressionsPerRun?.value ?? null,
    low95: regressionsPerRun?.low95 ?? null,
    high95: regressionsPerRun?.high95 ?? null,
  };
}
