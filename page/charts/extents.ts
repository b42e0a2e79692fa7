/** How far back regressions reach: in places of the order in which events were handled, and in versions. */
import * as Plot from '@observablehq/plot';
import type { PageBin, PageExtents, PageRun } from '../../src/report/page/page-data.js';
import { chartStyle, figure, numberText } from './figure.js';

const height = 130;

export function extentsChart({ extents }: PageRun, width: number): HTMLElement | null {
  if (extents === null) return null;
  const { places, versions } = extents;
  const charts = [
    ...(places.length === 0 ? [] : [barsOf(places, 'places from one to the other', width)]),
    ...(versions.length === 0 ? [] : [barsOf(versions, 'versions from one to the other', width)]),
  ];
  return figure({
    title: 'How far back regressions reach',
    note: noteOf(extents),
    charts,
    figures: [
      ['what', 'from', 'to', 'regressions'],
      ['median, places', extents.p50, extents.p50, ''],
      ['most, places', extents.max, extents.max, ''],
      ...figuresOf('places', places),
      ...figuresOf('versions', versions),
    ],
  });
}

function noteOf({ p50, max, depth, told, regressions }: PageExtents): string {
  const buffer = depth === null ? '' : `; a buffer of ${numberText(depth)} an aggregate would put them right`;
  const all = `Half by at most ${numberText(p50)}, the farthest by ${numberText(max)} places${buffer}.`;
  if (told === 0) return all;
  const drawn = told === regressions ? 'all' : `${numberText(told)} of the worst aggregates, of`;
  return `${all} Drawn: ${drawn} ${numberText(regressions)} regressions.`;
}

function barsOf(bins: readonly PageBin[], label: string, width: number): Element {
  return Plot.plot({
    ...{ width, height, marginLeft: 56, marginRight: 16, marginBottom: 36 },
    style: chartStyle,
    x: { label, labelAnchor: 'center', labelArrow: 'none', tickFormat: wholeOnly, ticks: Math.min(bins.length, 8) },
    y: { label: 'regressions', labelArrow: 'none', grid: true, ticks: 3, tickFormat: wholeOnly },
    marks: [
      Plot.rectY(bins, {
        ...{ y: 'count', fill: 'var(--bad)', inset: 0.5 },
        ...{ x1: ({ from }: PageBin) => from - 0.5, x2: ({ to }: PageBin) => to + 0.5 },
      }),
      Plot.ruleY([0]),
    ],
  });
}

function wholeOnly(value: number): string {
  return Number.isInteger(value) ? numberText(value) : '';
}

function figuresOf(what: string, bins: readonly PageBin[]): (string | number)[][] {
  return bins.filter(({ count }) => count > 0).map(({ from, to, count }) => [what, from, to, count]);
}
