/**
 * Marks where order was lost: a ring where the ways of the inverted pair cross, at the stage at which it came into the wrong
 * order, and beside it in words which event overtook which.
 */
import type { PagePair } from '../../src/report/page/page-data.js';
import { svg } from '../dom.js';
import type { Layout, Point } from './layout.js';
import type { Role } from './pair.js';
import type { Story } from './story.js';

interface Place {
  readonly x: number;
  readonly y: number;
}

const ringRadius = 14;
/** Pixels of a letter, and of a line, of the words. */
const [letterWidth, lineHeight] = [7.6, 15];
/** Pixels beside the last mark in which words may stand. */
const marginRight = 20;
/** Pixels above the first track at which words may stand. */
const marginTop = 22;
/** Pixels up or down from the ring at which words are tried, in this order. */
const offsets = [0, -14, 14, -24, 24, -36, 36, -48, 48];
/** Pixels around a mark that words keep free. */
const markRadius = 11;

export interface Crossing {
  readonly ring: SVGCircleElement;
  readonly words: SVGTextElement;
}

export function crossingMark(layout: Layout, pair: PagePair | null, roleOf: (of: Story) => Role): Crossing | null {
  if (pair === null) return null;
  const late = layout.placed.find(({ story }) => roleOf(story) === 'late');
  const early = layout.placed.find(({ story }) => roleOf(story) === 'early');
  if (late === undefined || early === undefined) return null;
  const crossing = crossingOf(late.points, early.points, pair.origin);
  if (crossing === null) return null;
  const words = `${String(pair.afterVersion)} overtakes ${String(pair.version)}`;
  const { x, y } = placeOfWords(crossing, words.length * letterWidth, layout);
  return {
    ring: svg('circle', { class: 'ring', cx: rounded(crossing.x), cy: rounded(crossing.y), r: ringRadius }),
    words: svg('text', { class: 'overtaking', x: rounded(x), y: rounded(y) }, words),
  };
}

/**
 * The nearest place beside the ring at which the words cover no mark; if there is none, above all tracks. A place is the
 * left end of the base line.
 */
function placeOfWords({ x, y }: Place, width: number, { placed, width: all }: Layout): Place {
  const marks = placed.flatMap(({ points }) => points);
  const isFree = (at: Place): boolean =>
    at.x >= 0 && at.x + width <= all + marginRight && !marks.some((mark) => isUnder(mark, at, width));
  const sides = [x + ringRadius + 6, x - ringRadius - 6 - width];
  const places = offsets.flatMap((offset) => sides.map((side) => ({ x: side, y: y + 4 + offset })));
  const above = { x: Math.max(0, Math.min(x, all + marginRight - width)), y: -marginTop };
  return places.find(isFree) ?? above;
}

function isUnder(mark: Place, { x, y }: Place, width: number): boolean {
  return (
    mark.x > x - markRadius &&
    mark.x < x + width + markRadius &&
    mark.y > y - lineHeight - markRadius + 4 &&
    mark.y < y + markRadius
  );
}

/**
 * Between the stage before the one at which order was lost and the stage after it, since the two may stand on different
 * tracks there. Ways that still do not cross end on different tracks: then it is where the late event came in.
 */
function crossingOf(late: readonly Point[], early: readonly Point[], origin: string): Place | null {
  const arrived = late.find(({ stage }) => stage === origin);
  if (arrived === undefined) return null;
  for (const a of segmentsAround(late, origin)) {
    for (const b of segmentsAround(early, origin)) {
      const crossing = intersection(a, b);
      if (crossing !== null) return crossing;
    }
  }
  return arrived;
}

/** Of the way into a stage and the way out of it those that there are. */
function segmentsAround(points: readonly Point[], stage: string): Segment[] {
  const at = points.findIndex((point) => point.stage === stage);
  const from = Math.max(0, at - 1);
  return at === -1
    ? []
    : points.slice(from, at + 1).flatMap((start, index): Segment[] => {
        const end = points[from + index + 1];
        return end === undefined ? [] : [[start, end]];
      });
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

function rounded(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
