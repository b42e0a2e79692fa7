/** The charts of a run: where order was lost, who fetched what, what went on over time, and how long it took. */
import * as Plot from '@observablehq/plot';
import type { PageRun } from '../src/report/page/page-data.js';
import { element } from './dom.js';

const height = 220;

export function chartsOf(run: PageRun, width: number): HTMLElement[] {
  return [originsChart(run, width), fetchChart(run, width), timeChart(run, width), latencyChart(run, width)].filter(
    (chart) => chart !== null,
  );
}

function originsChart({ origins }: PageRun, width: number): HTMLElement | null {
  if (origins.length === 0) return null;
  const chart = Plot.plot({
    ...{ width, height: 60 + origins.length * 26, marginLeft: 80, marginRight: 50 },
    x: { label: 'regressions', grid: true },
    y: { label: null, domain: origins.map(({ stage }) => stage) },
    marks: [
      Plot.barX(origins, { x: 'count', y: 'stage', fill: 'var(--bad)' }),
      Plot.text(origins, {
        x: 'count',
        y: 'stage',
        text: (one: { count: number }) => String(one.count),
        dx: 4,
        textAnchor: 'start',
      }),
      Plot.ruleX([0]),
    ],
  });
  return figure('Where order was lost', chart, [
    ['stage', 'regressions'],
    ...origins.map(({ stage, count }) => [stage, count]),
  ]);
}

function fetchChart({ fetchMatrix }: PageRun, width: number): HTMLElement | null {
  if (fetchMatrix === null)
    return element('figure', {}, element('figcaption', {}, 'Who fetched what'), 'Not recorded.');
  const { subscriptions, topics, cells, cellsTotal } = fetchMatrix;
  const named = cells.map(({ subscription, topic, delivered, misrouted }) => ({
    ...{ subscription: subscriptions[subscription] ?? '', topic: topics[topic] ?? '', delivered, misrouted },
  }));
  const used = [...new Set(named.map(({ subscription }) => subscription))];
  const chart = Plot.plot({
    ...{ width, height: 70 + used.length * 28, marginLeft: 110, marginBottom: 40 },
    x: { label: null, domain: topics, tickRotate: topics.length > 6 ? -30 : 0 },
    y: { label: null, domain: used },
    color: { scheme: 'blues', domain: [0, Math.max(...named.map(({ delivered }) => delivered))] },
    marks: [
      Plot.cell(named, { x: 'topic', y: 'subscription', fill: 'delivered', inset: 1 }),
      Plot.text(named, {
        ...{ x: 'topic', y: 'subscription', text: 'delivered' },
        fill: (cell: { delivered: number }) =>
          cell.delivered > Math.max(...named.map(({ delivered }) => delivered)) / 2 ? 'white' : 'black',
      }),
    ],
  });
  const left = cellsTotal > cells.length ? `, the ${String(cells.length)} largest of ${String(cellsTotal)}` : '';
  return figure(`Who fetched what${left}`, chart, [
    ['subscription', 'topic', 'deliveries', 'not its own'],
    ...named.map(({ subscription, topic, delivered, misrouted }) => [subscription, topic, delivered, misrouted]),
  ]);
}

function timeChart({ series, clock }: PageRun, width: number): HTMLElement | null {
  if (series === null) return element('figure', {}, element('figcaption', {}, 'Over time'), 'Not recorded.');
  const { bucketMs, published, handled, regressions } = series;
  const rows = published.map((_, index) => ({
    atMs: index * bucketMs,
    published: (published[index]! / bucketMs) * 1_000,
    handled: ((handled[index] ?? 0) / bucketMs) * 1_000,
    regressions: regressions[index] ?? 0,
  }));
  const peak = Math.max(1, ...rows.map((row) => Math.max(row.published, row.handled)));
  const most = Math.max(1, ...rows.map((row) => row.regressions));
  const chart = Plot.plot({
    ...{ width, height, marginLeft: 60, marginRight: 20 },
    x: { label: `${clock === 'virtual' ? 'virtual ' : ''}ms` },
    y: { label: 'events/s', grid: true },
    color: {
      legend: true,
      domain: ['published', 'handled', 'regressions'],
      range: ['var(--aside)', 'var(--early)', 'var(--bad)'],
    },
    marks: [
      Plot.rectY(rows, {
        ...{ x1: 'atMs', x2: (row: { atMs: number }) => row.atMs + bucketMs },
        ...{
          y: (row: { regressions: number }) => (row.regressions / most) * peak * 0.5,
          fill: () => 'regressions',
          fillOpacity: 0.7,
        },
      }),
      Plot.lineY(rows, { x: 'atMs', y: 'published', stroke: () => 'published' }),
      Plot.lineY(rows, { x: 'atMs', y: 'handled', stroke: () => 'handled' }),
    ],
  });
  const total = regressions.reduce((sum, count) => sum + count, 0);
  const scale = total === 0 ? '' : `; regressions in a bucket of ${String(bucketMs)} ms: at most ${String(most)}`;
  return figure(`Over time${scale}`, chart, [
    ['from ms', 'published', 'handled', 'regressions'],
    ...rows.map(({ atMs }, index) => [atMs, published[index]!, handled[index] ?? 0, regressions[index] ?? 0]),
  ]);
}

function latencyChart({ latencies, clock }: PageRun, width: number): HTMLElement | null {
  if (latencies.length === 0) return null;
  const rows = latencies.flatMap(({ name, points }) =>
    points.map(([percentile, ms]) => ({ name, tail: 100 / Math.max(100 - percentile, 1e-6), percentile, ms })),
  );
  const finite = rows.filter(({ percentile }) => percentile < 100);
  const ticks = [1, 2, 10, 100, 1_000, 10_000, 100_000].filter(
    (tail) => tail <= Math.max(...finite.map(({ tail: one }) => one)) * 1.5,
  );
  const chart = Plot.plot({
    ...{ width, height, marginLeft: 60, marginRight: 20 },
    x: {
      type: 'log',
      label: 'percentile',
      ticks,
      tickFormat: (tail: number) => String(Number((100 - 100 / tail).toFixed(4))),
    },
    y: { label: `${clock === 'virtual' ? 'virtual ' : ''}ms`, grid: true },
    color: { legend: true, scheme: 'Observable10' },
    marks: [Plot.lineY(finite, { x: 'tail', y: 'ms', stroke: 'name', curve: 'step' })],
  });
  const shown = [50, 90, 99, 99.9, 100];
  const at = (points: readonly (readonly [number, number])[], percentile: number): number =>
    points.find(([one]) => one >= percentile)?.[1] ?? Number.NaN;
  return figure('How long it took', chart, [
    ['', ...shown.map((percentile) => (percentile === 100 ? 'max' : `p${String(percentile)}`))],
    ...latencies.map(({ name, points }) => [name, ...shown.map((percentile) => at(points, percentile))]),
  ]);
}

/** A chart, with its figures as a table that is folded up. */
function figure(title: string, chart: Element, [headings = [], ...rows]: (string | number)[][]): HTMLElement {
  chart.setAttribute('aria-hidden', 'true');
  const line = (cells: readonly (string | number)[], tag: 'th' | 'td'): HTMLElement =>
    element(
      'tr',
      {},
      ...cells.map((cell) => element(tag, {}, typeof cell === 'number' ? cell.toLocaleString('en') : cell)),
    );
  return element(
    'figure',
    {},
    element('figcaption', {}, title),
    chart,
    element(
      'details',
      {},
      element('summary', {}, 'Figures'),
      element(
        'div',
        { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${title}: figures` },
        element(
          'table',
          {},
          element('thead', {}, line(headings, 'th')),
          element('tbody', {}, ...rows.map((row) => line(row, 'td'))),
        ),
      ),
    ),
  );
}
