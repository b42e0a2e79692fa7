/** How order and cost go along the values of a field: a curve a row, for regressions, throughput and p99. */
import * as Plot from '@observablehq/plot';
import type { PageClock, PageSweep, PageSweepPoint } from '../../src/report/page/page-data.js';
import { chartStyle, figure, known, numberText, seriesColours, seriesDashes, shortNumber } from './figure.js';

type Measure = 'regressions' | 'handledPerSecond' | 'p99Ms';

export function sweepCharts(sweep: PageSweep, width: number): HTMLElement[] {
  const { field, clock } = sweep;
  return [
    curves(sweep, width, { of: 'regressions', title: `Regressions by ${field}`, label: 'regressions a run' }),
    curves(sweep, width, { of: 'handledPerSecond', title: `Throughput by ${field}`, label: `${unit(clock)}handled/s` }),
    curves(sweep, width, { of: 'p99Ms', title: `Latency by ${field}`, label: `${unit(clock)}p99 ms` }),
  ];
}

/** Before what is measured in time. */
function unit(clock: PageClock): string {
  return clock === 'virtual' ? 'virtual ' : '';
}

function curves(
  { field, values, series, seriesLeftOut }: PageSweep,
  width: number,
  { of, title, label }: { readonly of: Measure; readonly title: string; readonly label: string },
): HTMLElement {
  const styled = series.map((one, index) => ({ ...one, colour: seriesColours[index]!, dash: seriesDashes[index]! }));
  const chart = Plot.plot({
    ...{ width, height: 260, marginLeft: 60, marginRight: 20, marginTop: 26, marginBottom: 36 },
    style: chartStyle,
    x: { type: 'point', domain: [...values], label: field, labelAnchor: 'center', labelArrow: 'none', padding: 0.4 },
    y: { label, labelArrow: 'none', grid: true, zero: true, ticks: 5, tickFormat: shortNumber },
    marks: styled.flatMap(({ points, colour, dash }) => [
      ...(of === 'regressions' ? [intervalsOf(points, colour)] : []),
      Plot.lineY(points, {
        ...{ x: 'value', y: of, stroke: colour, strokeWidth: 2 },
        ...(dash !== 'none' && { strokeDasharray: dash }),
      }),
      ...signsOf(points, of, colour),
    ]),
  });
  return figure({
    title,
    note: `● ordered, ✗ violated, □ inconclusive${seriesLeftOut > 0 ? `; ${numberText(seriesLeftOut)} further rows are in the tables only` : ''}.`,
    legend: styled.map(({ name, colour, dash }) => ({ name, colour, dash })),
    charts: [chart],
    figures: [
      ['row', field, label, ...(of === 'regressions' ? ['95 % from', 'to'] : []), 'outcome'],
      ...series.flatMap(({ name, points }) =>
        points.map((point) => [
          ...[name, point.value, known(point[of])],
          ...(of === 'regressions' ? [known(point.low95), known(point.high95)] : []),
          point.outcome,
        ]),
      ),
    ],
  });
}

/** The 95 % interval of the mean, where there are enough runs for one. */
function intervalsOf(points: readonly PageSweepPoint[], colour: string): Plot.Markish {
  return Plot.ruleX(
    points.filter(({ low95, high95 }) => low95 !== null && high95 !== null),
    { x: 'value', y1: ({ low95 }: PageSweepPoint) => Math.max(0, low95!), y2: 'high95', stroke: colour },
  );
}

const signs = [
  { outcome: 'ordered', symbol: 'circle', isFilled: true },
  { outcome: 'violated', symbol: 'times', isFilled: false },
  { outcome: 'inconclusive', symbol: 'square', isFilled: false },
] as const;

/** How each point came out: a disc, a cross, or a hollow square. */
function signsOf(points: readonly PageSweepPoint[], of: Measure, colour: string): Plot.Markish[] {
  return signs.map(({ outcome, symbol, isFilled }) =>
    Plot.dot(
      points.filter((point) => point.outcome === outcome),
      { x: 'value', y: of, r: 5, symbol, stroke: colour, strokeWidth: 2, fill: isFilled ? colour : 'var(--ground)' },
    ),
  );
}
