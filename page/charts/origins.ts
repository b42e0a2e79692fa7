/** Where order was lost: at each stage, the pairs that came into the wrong order there. */
import * as Plot from '@observablehq/plot';
import type { PageRun } from '../../src/report/page/page-data.js';
import { chartStyle, figure, numberText } from './figure.js';

const barHeight = 30;

export function originsChart({ origins }: PageRun, width: number): HTMLElement | null {
  if (origins.length === 0) return null;
  const chart = Plot.plot({
    ...{ width, height: 50 + origins.length * barHeight, marginLeft: 76, marginRight: 60, marginBottom: 36 },
    style: chartStyle,
    x: { label: 'pairs in the wrong order', labelAnchor: 'center', labelArrow: 'none', grid: true, ticks: 5 },
    y: { label: null, tickSize: 0, domain: origins.map(({ stage }) => stage) },
    marks: [
      Plot.barX(origins, { x: 'count', y: 'stage', fill: 'var(--bad)' }),
      Plot.text(origins, {
        ...{ x: 'count', y: 'stage', dx: 5, textAnchor: 'start' },
        text: ({ count }: { count: number }) => numberText(count),
      }),
      Plot.ruleX([0]),
    ],
  });
  return figure({
    title: 'Where order was lost',
    charts: [chart],
    figures: [['stage', 'pairs'], ...origins.map(({ stage, count }) => [stage, count])],
  });
}
