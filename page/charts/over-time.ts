/** What went on over time: throughput above, regressions below, and what happened to the run drawn through both. */
import * as Plot from '@observablehq/plot';
import type { PageIncident, PageRun } from '../../src/report/page/page-data.js';
import { chartStyle, figure, notRecorded, numberText, shortNumber, type LegendEntry } from './figure.js';

const title = 'Over time';
const margins = { marginLeft: 62, marginRight: 16 };

interface Bucket {
  readonly fromMs: number;
  readonly toMs: number;
  readonly published: number;
  readonly handled: number;
  readonly regressions: number;
}

const legend: readonly LegendEntry[] = [
  { name: 'published', colour: 'var(--aside)' },
  { name: 'handled', colour: 'var(--early)' },
  { name: 'regressions', colour: 'var(--bad)' },
];

export function timeChart(run: PageRun, width: number): HTMLElement | null {
  if (run.series === null) return notRecorded(title);
  const { bucketMs, published, handled, regressions } = run.series;
  const buckets = published.map((count, index): Bucket => ({
    ...{ fromMs: index * bucketMs, toMs: (index + 1) * bucketMs, published: count },
    ...{ handled: handled[index] ?? 0, regressions: regressions[index] ?? 0 },
  }));
  const isBroken = buckets.some((bucket) => bucket.regressions > 0);
  const unit = run.clock === 'virtual' ? 'virtual ms' : 'ms';
  return figure({
    title,
    ...(run.incidents.length > 0 && { note: incidentsNote(run) }),
    legend: [...legend.slice(0, isBroken ? 3 : 2), ...incidentLegend(run.incidents)],
    charts: [
      throughputPlot(buckets, run.incidents, { width, bucketMs, label: isBroken ? null : unit }),
      ...(isBroken ? [regressionsPlot(buckets, run.incidents, width, unit)] : []),
    ],
    figures: [
      ['from ms', 'published', 'handled', 'regressions'],
      ...buckets.map((bucket) => [bucket.fromMs, bucket.published, bucket.handled, bucket.regressions]),
    ],
  });
}

const incidentColours = { rebalance: 'var(--series-4)', disturbance: 'var(--unsure)' } as const;

function incidentLegend(incidents: readonly PageIncident[]): LegendEntry[] {
  const kinds = [...new Set(incidents.map(({ kind }) => kind))];
  return kinds.map((kind) => ({ name: kind, colour: incidentColours[kind], dash: '3 3' }));
}

const incidentsToldMax = 6;

function incidentsNote({ incidents, incidentsTotal }: PageRun): string {
  const told = incidents.slice(0, incidentsToldMax).map(({ atMs, text }) => `${text} at ${numberText(atMs)} ms`);
  const more = incidentsTotal - told.length;
  return `${told.join('; ')}${more > 0 ? `; and ${numberText(more)} more` : ''}`;
}

function incidentRules(incidents: readonly PageIncident[]): Plot.Markish[] {
  return [
    Plot.ruleX(incidents, {
      ...{ x: 'atMs', strokeWidth: 1.5, strokeDasharray: '3 3' },
      stroke: ({ kind }: PageIncident) => incidentColours[kind],
    }),
  ];
}

function domainOf(buckets: readonly Bucket[], incidents: readonly PageIncident[]): [number, number] {
  return [0, Math.max(buckets.at(-1)?.toMs ?? 1, ...incidents.map(({ atMs }) => atMs))];
}

function throughputPlot(
  buckets: readonly Bucket[],
  incidents: readonly PageIncident[],
  { width, bucketMs, label }: { width: number; bucketMs: number; label: string | null },
): Element {
  const perSecond = 1_000 / bucketMs;
  return Plot.plot({
    ...{ width, height: 180, ...margins, marginTop: 26, marginBottom: label === null ? 10 : 36 },
    style: chartStyle,
    x: {
      ...{ domain: domainOf(buckets, incidents), label, labelAnchor: 'center', labelArrow: 'none' },
      ...(label === null && { axis: null }),
    },
    y: { label: 'events/s', labelArrow: 'none', grid: true, ticks: 5, tickFormat: shortNumber },
    marks: [
      ...incidentRules(incidents),
      Plot.lineY(buckets, {
        ...{ x: 'fromMs', y: ({ published }: Bucket) => published * perSecond },
        ...{ stroke: 'var(--aside)', strokeWidth: 1, curve: 'step-after' },
      }),
      Plot.lineY(buckets, {
        ...{ x: 'fromMs', y: ({ handled }: Bucket) => handled * perSecond },
        ...{ stroke: 'var(--early)', strokeWidth: 1.5, curve: 'step-after' },
      }),
      Plot.ruleY([0]),
    ],
  });
}

function regressionsPlot(
  buckets: readonly Bucket[],
  incidents: readonly PageIncident[],
  width: number,
  unit: string,
): Element {
  return Plot.plot({
    ...{ width, height: 120, ...margins, marginTop: 24, marginBottom: 36 },
    style: chartStyle,
    x: { domain: domainOf(buckets, incidents), label: unit, labelAnchor: 'center', labelArrow: 'none' },
    y: { label: 'regressions', labelArrow: 'none', grid: true, ticks: 3 },
    marks: [
      ...incidentRules(incidents),
      Plot.rectY(
        buckets.filter(({ regressions }) => regressions > 0),
        { x1: 'fromMs', x2: 'toMs', y: 'regressions', fill: 'var(--bad)', inset: 0 },
      ),
      Plot.ruleY([0]),
    ],
  });
}
