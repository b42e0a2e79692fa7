/** Who fetched what: subscriptions by topics. A shared durable is a full matrix, a durable a topic a diagonal. */
import * as Plot from '@observablehq/plot';
import type { PageRun } from '../../src/report/page/page-data.js';
import { chartStyle, figure, notRecorded, numberText } from './figure.js';

const title = 'Who fetched what';
const rowHeight = 28;
/** Pixels of a character, and of a cell in which a figure can be read. */
const characterWidth = 7;
const cellWidthMin = 34;
const marginMax = 150;
/** Opacity of a cell: at most so much that text on it can be read, in light and dark. */
const [faintest, fullest] = [0.08, 0.55];

interface Cell {
  readonly subscription: string;
  readonly topic: string;
  readonly delivered: number;
  readonly misrouted: number;
}

export function fetchChart({ fetchMatrix }: PageRun, width: number): HTMLElement | null {
  if (fetchMatrix === null) return notRecorded(title);
  const { subscriptions, topics, cells, cellsTotal } = fetchMatrix;
  const named = cells.map(({ subscription, topic, delivered, misrouted }): Cell => ({
    ...{ subscription: subscriptions[subscription] ?? '', topic: topics[topic] ?? '', delivered, misrouted },
  }));
  const used = [...new Set(named.map(({ subscription }) => subscription))];
  const left =
    cellsTotal > cells.length ? `, the ${numberText(cells.length)} largest of ${numberText(cellsTotal)}` : '';
  return figure({
    title: `${title}${left}`,
    legend: [
      { name: 'its own topic', colour: 'var(--early)' },
      { name: 'not its own', colour: 'var(--bad)' },
    ],
    charts: [matrixOf(named, used, topics, width)],
    figures: [
      ['subscription', 'topic', 'deliveries', 'not its own'],
      ...named.map(({ subscription, topic, delivered, misrouted }) => [subscription, topic, delivered, misrouted]),
    ],
  });
}

/** Filled by how much it is, in the colour of what it mostly is; figures where a cell has room for them. */
function matrixOf(cells: readonly Cell[], used: readonly string[], topics: readonly string[], width: number): Element {
  const most = Math.max(1, ...cells.map(({ delivered }) => delivered));
  const marginLeft = Math.min(marginMax, Math.max(...used.map(({ length }) => length), 1) * characterWidth + 12);
  const cellWidth = (width - marginLeft) / Math.max(1, topics.length);
  const isRotated = Math.max(...topics.map(({ length }) => length), 1) * characterWidth > cellWidth - 4;
  const shareOf = ({ delivered }: Cell): number => faintest + ((fullest - faintest) * delivered) / most;
  return Plot.plot({
    ...{ width, marginLeft, marginTop: 8, marginBottom: isRotated ? 76 : 26 },
    height: 34 + (isRotated ? 50 : 0) + used.length * rowHeight,
    style: chartStyle,
    x: { label: null, tickSize: 0, domain: [...topics], tickRotate: isRotated ? -45 : 0, tickFormat: shortened },
    y: { label: null, tickSize: 0, domain: [...used], tickFormat: shortened },
    marks: [
      Plot.cell(cells, {
        ...{ x: 'topic', y: 'subscription', inset: 1, fillOpacity: shareOf },
        fill: ({ delivered, misrouted }: Cell) => (misrouted * 2 > delivered ? 'var(--bad)' : 'var(--early)'),
      }),
      ...(cellWidth < cellWidthMin
        ? []
        : [
            Plot.text(cells, {
              ...{ x: 'topic', y: 'subscription', text: ({ delivered }: Cell) => numberText(delivered) },
            }),
          ]),
    ],
  });
}

const nameMax = 18;

function shortened(name: string): string {
  return name.length <= nameMax ? name : `…${name.slice(1 - nameMax)}`;
}
