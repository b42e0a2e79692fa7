/**
 * What candidates cost, by what they promise: a group for those that promise the same, a line for each. Beside it,
 * throughput against p99, with the candidates that the report calls Pareto-optimal joined.
 */
import * as Plot from '@observablehq/plot';
import type { PageCandidate, PageComparison } from '../../src/report/page/page-data.js';
import { chartStyle, figure, known, shortNumber, type Figures } from './figure.js';
import { lanesOf } from './lanes.js';

interface Numbered extends PageCandidate {
  /** From 1, by which both charts name it. */
  readonly number: number;
  readonly promise: string;
}

const signNote =
  '★ held order, and no other that did beats it in throughput, p99 and events held together; ✗ lost order; bold: to take.';

const axis = { labelAnchor: 'center', labelArrow: 'none', grid: true, tickFormat: shortNumber } as const;

export function costCharts(comparison: PageComparison, width: number): HTMLElement[] {
  const all = comparison.promises.flatMap(({ text, candidates }) =>
    candidates.map((one) => ({ ...one, promise: text })),
  );
  const numbered = all.map((one, index): Numbered => ({ ...one, number: index + 1 }));
  if (numbered.every(({ handledPerSecond }) => handledPerSecond === null)) return [];
  const unit = comparison.clock === 'virtual' ? 'virtual ' : '';
  const figures: Figures = [
    ['number', 'candidate', 'promises', `${unit}handled/s`, `${unit}p99 ms`, 'held', 'outcome', 'front'],
    ...numbered.map((one) => [
      ...[one.number, one.name, one.promise, known(one.handledPerSecond), known(one.p99Ms), known(one.heldMax)],
      ...[one.isRun ? one.outcome : 'not run', one.isParetoOptimal ? '★' : ''],
    ]),
  ];
  return [
    figure({
      title: 'Cost against promises',
      note: signNote,
      charts: [promisesPlot(numbered, width, `${unit}handled/s`)],
      figures,
    }),
    figure({
      title: 'Throughput against latency, and the Pareto front',
      note: 'Down and to the right is better; numbers as in the chart of promises.',
      charts: [frontPlot(numbered, width, unit)],
      figures,
    }),
  ];
}

function promisesPlot(numbered: readonly Numbered[], width: number, label: string): Element {
  const { lanes, headings, height, marginLeft } = lanesOf(numbered, width);
  const run = lanes.filter(({ of }) => of.handledPerSecond !== null);
  const most = Math.max(...run.map(({ of }) => of.handledPerSecond ?? 0));
  return Plot.plot({
    ...{ width, height: height + 40, marginLeft, marginRight: 16, marginTop: 4, marginBottom: 36 },
    style: chartStyle,
    x: { domain: [0, most * 1.06], label, ...axis, ticks: 4 },
    y: { domain: [0, height], reverse: true, axis: null },
    marks: [
      Plot.ruleY(lanes, { y: 'y', stroke: 'var(--line)' }),
      Plot.text(headings, {
        ...{ y: 'y', text: 'text', frameAnchor: 'left', dx: -marginLeft, textAnchor: 'start', lineAnchor: 'top' },
        ...{ fontWeight: 600, fill: 'var(--aside)' },
      }),
      ...[true, false].map((isRecommended) =>
        Plot.text(
          lanes.filter(({ of }) => of.isRecommended === isRecommended),
          {
            ...{ y: 'labelY', text: 'label', frameAnchor: 'left', dx: -marginLeft, textAnchor: 'start' },
            ...(isRecommended && { fontWeight: 700 }),
          },
        ),
      ),
      ...dotsOf(run.map(({ of, y }) => ({ of, x: of.handledPerSecond, y }))),
    ],
  });
}

interface Place {
  readonly of: Numbered;
  readonly x: number | null;
  readonly y: number | null;
}

const outcomeColours = { ordered: 'var(--good)', violated: 'var(--bad)', inconclusive: 'var(--unsure)' } as const;

function dotsOf(places: readonly Place[]): Plot.Markish[] {
  const those = (is: (one: Numbered) => boolean): Place[] => places.filter(({ of }) => is(of));
  const dots = (of: Place[], options: Plot.DotOptions): Plot.Markish =>
    Plot.dot(of, { x: 'x', y: 'y', r: 5, strokeWidth: 2, ...options });
  return [
    dots(
      those(({ outcome }) => outcome === 'violated'),
      { symbol: 'times', stroke: outcomeColours.violated },
    ),
    dots(
      those(({ outcome }) => outcome === 'inconclusive'),
      { stroke: outcomeColours.inconclusive, fill: 'var(--ground)' },
    ),
    dots(
      those(({ outcome, isParetoOptimal }) => outcome === 'ordered' && !isParetoOptimal),
      { fill: outcomeColours.ordered },
    ),
    dots(
      those(({ isParetoOptimal }) => isParetoOptimal),
      { symbol: 'star', r: 5.5, fill: outcomeColours.ordered },
    ),
  ];
}

/** Pixels. */
const frontSize = { height: 300, marginLeft: 60, marginRight: 28, marginTop: 26, marginBottom: 36 };

function frontPlot(numbered: readonly Numbered[], width: number, unit: string): Element {
  const places = numbered
    .filter(({ handledPerSecond, p99Ms }) => handledPerSecond !== null && p99Ms !== null)
    .map((of): Place => ({ of, x: of.handledPerSecond, y: of.p99Ms }));
  const front = places.filter(({ of }) => of.isParetoOptimal).sort((a, b) => a.x! - b.x!);
  const [x, y] = [spanOf(places.map((place) => place.x!)), spanOf(places.map((place) => place.y!))];
  return Plot.plot({
    ...{ width, ...frontSize },
    style: chartStyle,
    x: { domain: x, label: `${unit}handled/s`, ...axis, ticks: 4 },
    y: { domain: y, label: `${unit}p99 ms`, labelArrow: 'none', grid: true, ticks: 5 },
    marks: [
      Plot.line(front, { x: 'x', y: 'y', stroke: 'var(--good)', strokeDasharray: '5 3' }),
      ...dotsOf(places),
      Plot.text(numbersOf(places, { x: (x[1] - x[0]) / width, y: (y[1] - y[0]) / frontSize.height }), {
        ...{ x: 'x', y: 'y', text: 'text', dy: -15 },
        ...{ stroke: 'var(--ground)', strokeWidth: 4, fill: 'var(--text)' },
      }),
    ],
  });
}

const room = 0.12;

/** From the least to the greatest, with some room on both sides. */
function spanOf(values: readonly number[]): [number, number] {
  const [least, greatest] = [Math.min(...values), Math.max(...values)];
  const around = (greatest - least || greatest || 1) * room;
  return [Math.max(0, least - around), greatest + around];
}

/** Pixels within which points share one label of their numbers. */
const shared = { x: 44, y: 22 };

/** @param perPixel what a pixel comes to on each axis */
function numbersOf(
  places: readonly Place[],
  perPixel: { readonly x: number; readonly y: number },
): { x: number; y: number; text: string }[] {
  const labels: { x: number; y: number; numbers: number[] }[] = [];
  for (const { of, x, y } of [...places].sort((a, b) => b.y! - a.y!)) {
    const label = labels.find(
      (one) => Math.abs(one.x - x!) < shared.x * perPixel.x && Math.abs(one.y - y!) < shared.y * perPixel.y,
    );
    if (label === undefined) labels.push({ x: x!, y: y!, numbers: [of.number] });
    else label.numbers.push(of.number);
  }
  return labels.map(({ x, y, numbers }) => ({ x, y, text: numbers.sort((a, b) => a - b).join(', ') }));
}
