/** Groups the rows of a sweep into series: one for each swept field and row, with one point for each value. */
import type { RunRow } from '../domain/report/run-report.js';
import type { SweepFigures, SweepSeries } from '../domain/scenario/sweep.js';
import { figuresOf, nameOf } from './candidate.js';

export function sweepSeries(rows: readonly RunRow[]): readonly SweepSeries[] {
  const series = new Map<string, { field: string; name: string; points: Map<string, [RunRow, ...RunRow[]]> }>();
  for (const row of rows) {
    if (row.point === null) continue;
    const { field, value } = row.point;
    const name = nameOf(row);
    const key = `${field} ${name}`;
    const one = series.get(key) ?? { field, name, points: new Map<string, [RunRow, ...RunRow[]]>() };
    series.set(key, one);
    const repeats = one.points.get(value);
    if (repeats === undefined) one.points.set(value, [row]);
    else repeats.push(row);
  }
  return [...series.values()].map(({ field, name, points }) => ({
    field,
    name,
    points: [...points].map(([value, repeats]) => pointOf(value, repeats)),
  }));
}

function pointOf(value: string, repeats: readonly [RunRow, ...RunRow[]]): SweepFigures {
  const figures = figuresOf(repeats);
  return {
    value,
    runs: figures.runs,
    runsOrdered: figures.runsOrdered,
    atMost: figures.atMost,
    outcome: figures.outcome,
    violations: figures.violations,
    regressionsPerRun: figures.regressionsPerRun,
    contestedPairs: figures.contestedPairs,
    atRiskPairs: figures.atRiskPairs,
    invertedRate: figures.invertedRate,
    handledPerSecond: figures.handledPerSecond,
    p50Ms: figures.p50Ms,
    p99Ms: figures.p99Ms,
    handlersMean: figures.handlersMean,
    heldMax: figures.heldMax,
  };
}
