/** Where each event of an aggregate stands in its timeline, stage by stage. */
import { scaleOf, type ClockName } from './scale.js';
import type { Moment, Story } from './story.js';
import { rowHeight, trackName, tracksOf, type MarkKind, type Passage, type StageName, type Track } from './tracks.js';

export interface Point {
  readonly stage: StageName;
  readonly x: number;
  readonly y: number;
  readonly kind: MarkKind;
}

export interface Placed {
  readonly story: Story;
  /** In the order of the stages; those not seen are left out. */
  readonly points: readonly Point[];
  /** Where the handler ended, on the row of its start; null: it did not. */
  readonly finishX: number | null;
}

export interface Layout {
  readonly tracks: readonly Track[];
  readonly placed: readonly Placed[];
  /** Pixels of all, without margins. */
  readonly width: number;
  readonly height: number;
  /** The place of a moment of the run. */
  readonly xOf: (moment: Moment) => number;
}

/** @param isOfPair whose marks find their room before all others */
export function layoutOf(
  stories: readonly Story[],
  clock: ClockName,
  width: number,
  isOfPair: (story: Story) => boolean,
): Layout {
  const xOf = scaleOf(stories, clock, width);
  const passages = passagesOf(stories, xOf, isOfPair);
  const { tracks, stood } = tracksOf([...passages.values()].flat());
  const placed = stories.map((story): Placed => {
    const points = passages.get(story)!.map((passage) => ({ ...passage, ...stood.get(passage)! }));
    return { story, points, finishX: story.finish && xOf(story.finish) };
  });
  const height = Math.max(0, ...tracks.map(({ y, rows }) => y + rows * rowHeight));
  return { tracks, placed, width, height, xOf };
}

function passagesOf(
  stories: readonly Story[],
  xOf: (moment: Moment) => number,
  isOfPair: (story: Story) => boolean,
): Map<Story, readonly Passage[]> {
  const stored = storedAt(stories, xOf);
  const passagesIn = (story: Story): readonly Passage[] => {
    const { publish, deliver, submitStamp, start, answered } = story;
    const places: readonly (readonly [StageName, number | null | undefined])[] = [
      ['publish', publish && xOf(publish)],
      ['store', stored.get(story)],
      ['deliver', deliver && xOf(deliver)],
      ['submit', submitStamp === null ? null : xOf({ stamp: submitStamp, ms: deliver?.ms ?? 0 })],
      ['start', start && xOf(start)],
      ['ack', answered && xOf(answered)],
    ];
    return places.flatMap(([stage, x]) =>
      x === null || x === undefined ? [] : [{ stage, x, track: trackName(story, stage), isOfPair: isOfPair(story) }],
    );
  };
  return new Map(stories.map((story) => [story, passagesIn(story)]));
}

/**
 * Nobody saw when an event came into the log. It stands where it can have come at the earliest: after its publish call
 * and after all that lie before it in the same log.
 */
function storedAt(stories: readonly Story[], xOf: (moment: Moment) => number): Map<Story, number> {
  const stored = new Map<Story, number>();
  const logs = new Map<string, Story[]>();
  for (const story of stories) {
    if (story.position === null) continue;
    const log = trackName(story, 'store');
    logs.set(log, [...(logs.get(log) ?? []), story]);
  }
  for (const log of logs.values()) {
    let reached = 0;
    for (const story of [...log].sort((a, b) => (a.position ?? 0) - (b.position ?? 0))) {
      reached = Math.max(reached, story.publish === null ? reached : xOf(story.publish));
      stored.set(story, reached);
    }
  }
  return stored;
}
