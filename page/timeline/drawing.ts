/** Draws the timeline of an aggregate: a line for each event through its stages, the inverted pair in colour. */
import type { PagePair } from '../../src/report/page/page-data.js';
import type { TimelineIncident } from '../../src/domain/report/run-picture.js';
import { svg } from '../dom.js';
import { ticksOf } from './clock-axis.js';
import { crossingMark } from './crossing.js';
import { layoutOf, type Layout, type Placed, type Point } from './layout.js';
import { rolesIn, type Role } from './pair.js';
import { spanOf, type ClockName } from './scale.js';
import { toldStages, type Story } from './story.js';
import { rowHeight, type StageName } from './tracks.js';

export interface Drawn {
  readonly picture: SVGSVGElement;
  /** In the order of the stories. */
  readonly events: readonly DrawnEvent[];
  /** Events of which a mark has no version in it, since there was no room. */
  readonly unnumbered: number;
}

/** Ways lie below all marks, so an event is in two places. */
export interface DrawnEvent {
  readonly marks: SVGGElement;
  readonly way: SVGPathElement;
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
/** For the times of the wall clock. */
const axisHeight = 14;
const markRadius = 9;

const stageTitles: Readonly<Record<StageName, string>> = {
  publish: 'publish',
  store: 'log',
  deliver: 'deliver',
  submit: 'inbox',
  start: 'handler',
  ack: 'ack',
};

export function drawTimeline({ stories, pair, incidents, clock, width }: ToDraw): Drawn {
  const roleOf = rolesIn(stories, pair);
  const layout = layoutOf(stories, clock, width - margin.left - margin.right, (story) => roleOf(story) !== '');
  const height = layout.height + margin.top + margin.bottom + (clock === 'wall' ? axisHeight : 0);
  // The pair is drawn last, on top of the others.
  const order = [...layout.placed].sort((a, b) => Number(roleOf(a.story) !== '') - Number(roleOf(b.story) !== ''));
  const events = new Map(order.map((placed) => [placed, drawnEvent(placed, roleOf(placed.story))]));
  const crossing = crossingMark(layout, pair, roleOf);
  const picture = svg(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': labelOf(stories, pair) },
    trackLines(layout),
    svg(
      'g',
      { transform: `translate(${margin.left} ${margin.top})` },
      ...(clock === 'wall' ? timeLines(stories, layout) : []),
      ...incidents.map((incident) => incidentLine(incident, layout)),
      ...order.map((placed) => events.get(placed)!.way),
      ...order.map((placed) => handlingBar(placed, roleOf(placed.story))),
      crossing?.ring ?? null,
      ...order.map((placed) => events.get(placed)!.marks),
      crossing?.words ?? null,
    ),
  );
  const unnumbered = layout.placed.filter(({ points }) => points.some(({ kind }) => kind === 'no room'));
  return { picture, events: layout.placed.map((placed) => events.get(placed)!), unnumbered: unnumbered.length };
}

function labelOf(stories: readonly Story[], pair: PagePair | null): string {
  const count = `Timeline of ${String(stories.length)} deliveries`;
  return pair === null ? count : `${count}; version ${pair.version} was handled after version ${pair.afterVersion}`;
}

/** Below all tracks, with a text each. */
function timeLines(stories: readonly Story[], { xOf, width, height }: Layout): SVGGElement[] {
  const [first, last] = spanOf(stories);
  return ticksOf(first, last, width).map(({ ms, text }) =>
    svg(
      'g',
      { class: 'time', 'aria-hidden': 'true', transform: `translate(${rounded(xOf({ stamp: 0, ms }))} 0)` },
      svg('line', { y1: -12, y2: height }),
      svg('text', { y: height + 16 }, text),
    ),
  );
}

function trackLines({ tracks, width }: Layout): SVGGElement {
  const titled = new Set<StageName>();
  const lines = tracks.map(({ stage, name, y, rows }) => {
    const isFirst = !titled.has(stage);
    titled.add(stage);
    const title = name === '' || isFirst ? stageTitles[stage] : '';
    return svg(
      'g',
      { transform: `translate(0 ${y + margin.top})` },
      ...Array.from({ length: rows }, (_, row) => row * rowHeight).map((at) =>
        svg('line', { class: 'track', x1: margin.left, x2: margin.left + width, y1: at, y2: at }),
      ),
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

function drawnEvent({ story, points }: Placed, role: Role): DrawnEvent {
  const path = points.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`).join('');
  const told = toldStages(story).map((stage) => stage.join(' '));
  const marks = svg(
    'g',
    {
      class: `event ${role} ${story.outcome ?? 'open'}`,
      ...{ tabindex: -1, role: 'img', 'data-version': story.version },
      'aria-label': `version ${story.version}: ${told.join(', ')}`,
    },
    ...points.map((point) => stageMark(point, story.version)),
  );
  return { marks, way: svg('path', { class: `way ${role}`, d: path }) };
}

/** From the start of the handler to its end. They lie below all marks, since one may end where the next begins. */
function handlingBar({ story, points, finishX }: Placed, role: Role): SVGRectElement | null {
  const started = points.find(({ stage }) => stage === 'start');
  if (started === undefined || finishX === null) return null;
  const width = rounded(Math.max(1, finishX - started.x));
  const place = { x: rounded(started.x), y: started.y - 4, width, height: 8, rx: 3 };
  return svg('rect', { class: `handling ${role} ${story.outcome ?? 'open'}`, ...place });
}

function stageMark({ stage, x, y, kind }: Point, version: number): SVGGElement {
  const isNumbered = kind === 'numbered';
  return svg(
    'g',
    { class: 'mark', 'data-stage': stage, transform: `translate(${rounded(x)} ${rounded(y)})` },
    svg('circle', { r: isNumbered ? markRadius : 3 }),
    isNumbered ? svg('text', { y: 3.5 }, String(version)) : null,
  );
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
