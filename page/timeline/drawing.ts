/** Draws the timeline of an aggregate: a line for each event through its stages, the inverted pair in colour. */
import type { PagePair } from '../../src/report/page/page-data.js';
import type { TimelineIncident } from '../../src/domain/report/run-picture.js';
import { svg } from '../dom.js';
import { layoutOf, type ClockName, type Layout, type Placed, type Point, type StageName } from './layout.js';
import { toldStages, type Story } from './story.js';

export interface Drawn {
  readonly picture: SVGSVGElement;
  /** In the order of the stories. */
  readonly events: readonly SVGGElement[];
}

export interface ToDraw {
  readonly stories: readonly Story[];
  readonly pair: PagePair | null;
  readonly incidents: readonly TimelineIncident[];
  readonly clock: ClockName;
  /** Pixels. */
  readonly width: number;
}

const margin = { top: 34, right: 26, bottom: 18, left: 138 };
const markRadius = 9;
/** Marks closer to each other than this have no version in them. */
const labelledFrom = 15;

const stageTitles: Readonly<Record<StageName, string>> = {
  publish: 'publish',
  store: 'log',
  deliver: 'deliver',
  submit: 'inbox',
  start: 'handler',
  ack: 'ack',
};

export function drawTimeline({ stories, pair, incidents, clock, width }: ToDraw): Drawn {
  const layout = layoutOf(stories, clock, width - margin.left - margin.right);
  const height = layout.height + margin.top + margin.bottom;
  const isCrowded = layout.width / Math.max(1, stories.length) < labelledFrom;
  const roleOf = rolesIn(layout, pair);
  // The pair is drawn last, on top of the others.
  const order = [...layout.placed].sort((a, b) => Number(roleOf(a) !== '') - Number(roleOf(b) !== ''));
  const events = new Map(order.map((placed) => [placed, eventMark(placed, roleOf(placed), isCrowded)]));
  const picture = svg(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': labelOf(stories, pair) },
    trackLines(layout),
    svg(
      'g',
      { transform: `translate(${margin.left} ${margin.top})` },
      ...incidents.map((incident) => incidentLine(incident, layout)),
      ...order.map((placed) => events.get(placed)!),
      crossingMark(layout, pair),
    ),
  );
  return { picture, events: layout.placed.map((placed) => events.get(placed)!) };
}

function labelOf(stories: readonly Story[], pair: PagePair | null): string {
  const count = `Timeline of ${String(stories.length)} deliveries`;
  return pair === null ? count : `${count}; version ${pair.version} was handled after version ${pair.afterVersion}`;
}

type Role = 'late' | 'early' | '';

/** The first handlings of the two events of the pair. */
function rolesIn({ placed }: Layout, pair: PagePair | null): (of: Placed) => Role {
  if (pair === null) return () => '';
  const first = (version: number): Placed | undefined =>
    placed
      .filter(({ story }) => story.version === version && story.start !== null)
      .sort((a, b) => a.story.start!.stamp - b.story.start!.stamp)[0];
  const [late, early] = [first(pair.version), first(pair.afterVersion)];
  return (of) => {
    if (of === late) return 'late';
    return of === early ? 'early' : '';
  };
}

function trackLines({ tracks, width }: Layout): SVGGElement {
  const titled = new Set<StageName>();
  const lines = tracks.map(({ stage, name, y }) => {
    const isFirst = !titled.has(stage);
    titled.add(stage);
    const title = name === '' || isFirst ? stageTitles[stage] : '';
    return svg(
      'g',
      { transform: `translate(0 ${y + margin.top})` },
      svg('line', { class: 'track', x1: margin.left, x2: margin.left + width, y1: 0, y2: 0 }),
      svg('text', { class: 'stage', x: 0, y: 4 }, title),
      svg('text', { class: 'track-name', x: margin.left - 14, y: 4 }, shortened(name)),
    );
  });
  return svg('g', { 'aria-hidden': 'true' }, ...lines);
}

const nameMax = 13;

function shortened(name: string): SVGTextContentElement | string {
  if (name.length <= nameMax) return name;
  return svg('tspan', {}, `…${name.slice(1 - nameMax)}`, svg('title', {}, name));
}

function eventMark({ story, points, finishX }: Placed, role: Role, isCrowded: boolean): SVGGElement {
  const isLabelled = !isCrowded || role !== '';
  const started = points.find(({ stage }) => stage === 'start');
  const path = points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`).join('');
  return svg(
    'g',
    {
      class: `event ${role} ${story.outcome ?? 'open'}`,
      tabindex: -1,
      role: 'img',
      'aria-label': `version ${story.version}: ${toldStages(story)
        .map((stage) => stage.join(' '))
        .join(', ')}`,
      'data-version': story.version,
    },
    svg('path', { class: 'way', d: path }),
    ...(started === undefined || finishX === null
      ? []
      : [
          svg('rect', {
            class: 'handling',
            x: started.x,
            y: started.y - 4,
            width: Math.max(1, finishX - started.x),
            height: 8,
            rx: 3,
          }),
        ]),
    ...points.map((point) => stageMark(point, story.version, isLabelled)),
  );
}

function stageMark({ stage, x, y }: Point, version: number, isLabelled: boolean): SVGGElement {
  const isBig = isLabelled && (stage === 'publish' || stage === 'deliver' || stage === 'start');
  return svg(
    'g',
    { class: 'mark', 'data-stage': stage, transform: `translate(${rounded(x)} ${rounded(y)})` },
    svg('circle', { r: isBig ? markRadius : 3 }),
    isBig ? svg('text', { y: 3.5 }, String(version)) : null,
  );
}

/** Where the two ways of the pair cross on their way into the stage at which it came into the wrong order. */
function crossingMark(layout: Layout, pair: PagePair | null): SVGGElement | null {
  if (pair === null) return null;
  const roleOf = rolesIn(layout, pair);
  const late = layout.placed.find((placed) => roleOf(placed) === 'late');
  const early = layout.placed.find((placed) => roleOf(placed) === 'early');
  if (late === undefined || early === undefined) return null;
  const crossing = crossingOf(late.points, early.points, pair.origin);
  if (crossing === null) return null;
  return svg(
    'g',
    { class: 'crossing', transform: `translate(${rounded(crossing.x)} ${rounded(crossing.y)})` },
    svg('circle', { r: 13 }),
    svg('title', {}, `Order was lost here, at ${pair.origin}: ${pair.afterVersion} overtook ${pair.version}`),
  );
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function crossingOf(late: readonly Point[], early: readonly Point[], origin: string): Place | null {
  const [a, b] = [late, early].map((points) => {
    const at = points.findIndex(({ stage }) => stage === origin);
    return at < 1 ? null : ([points[at - 1]!, points[at]!] as const);
  });
  if (a === null || a === undefined || b === null || b === undefined) return null;
  return intersection(a, b) ?? { x: (a[1].x + b[1].x) / 2, y: (a[1].y + b[1].y) / 2 };
}

type Segment = readonly [Place, Place];

/** null: they do not cross, since the events are on different tracks. */
function intersection([a, b]: Segment, [c, d]: Segment): Place | null {
  const determinant = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
  if (determinant === 0) return null;
  const along = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / determinant;
  const other = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / determinant;
  if (along < 0 || along > 1 || other < 0 || other > 1) return null;
  return { x: a.x + along * (b.x - a.x), y: a.y + along * (b.y - a.y) };
}

function incidentLine({ stamp, atMs, kind, what }: TimelineIncident, { xOf, height }: Layout): SVGGElement {
  const x = rounded(xOf({ stamp, ms: atMs }));
  return svg(
    'g',
    { class: 'incident', transform: `translate(${x} 0)` },
    svg('line', { y1: -18, y2: height }),
    svg('text', { x: 4, y: -12 }, kind),
    svg('title', {}, `${kind}: ${what}`),
  );
}

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
