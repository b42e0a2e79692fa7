/** How long each span took, on an axis of percentiles that gives the slowest share as much room as the rest. */
import * as Plot from '@observablehq/plot';
import type { PageRun } from '../../src/report/page/page-data.js';
import { chartStyle, figure, seriesColours, seriesDashes } from './figure.js';

const ticksOfAll = [1, 2, 10, 100, 1_000, 10_000, 100_000];
const shownPercentiles = [50, 90, 99, 99.9, 100];

export function latencyChart({ latencies, clock }: PageRun, width: number): HTMLElement | null {
  if (latencies.length === 0) return null;
  const curves = latencies.map(({ name, points }, index) => ({
    ...{ name, colour: seriesColours[index]!, dash: seriesDashes[index]! },
    points: points
      .filter(([percentile]) => percentile < 100)
      .map(([percentile, ms]) => ({ tail: 100 / (100 - percentile), ms })),
  }));
  const longest = Math.max(...curves.flatMap(({ points }) => points.map(({ tail }) => tail)));
  const chart = Plot.plot({
    ...{ width, height: 260, marginLeft: 56, marginRight: 16, marginBottom: 36, marginTop: 26 },
    style: chartStyle,
    x: {
      ...{ type: 'log', label: 'percentile', labelAnchor: 'center', labelArrow: 'none' },
      ticks: ticksOfAll.filter((tail) => tail <= longest),
      tickFormat: (tail: number) => String(Number((100 - 100 / tail).toFixed(4))),
    },
    y: { label: clock === 'virtual' ? 'virtual ms' : 'ms', labelArrow: 'none', grid: true, zero: true, ticks: 6 },
    marks: curves.map(({ points, colour, dash }) =>
      Plot.lineY(points, {
        ...{ x: 'tail', y: 'ms', curve: 'step', stroke: colour, strokeWidth: 2 },
        ...(dash !== 'none' && { strokeDasharray: dash }),
      }),
    ),
  });
  const at = (points: readonly (readonly [number, number])[], percentile: number): number =>
    points.find(([one]) => one >= percentile)?.[1] ?? Number.NaN;
  return figure({
    title: 'How long it took',
    legend: curves,
    charts: [chart],
    figures: [
      ['ms', ...shownPercentiles.map((percentile) => (percentile === 100 ? 'max' : `p${String(percentile)}`))],
      ...latencies.map(({ name, points }) => [name, ...shownPercentiles.map((percentile) => at(points, percentile))]),
    ],
  });
}
