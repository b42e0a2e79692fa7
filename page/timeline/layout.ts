/**
 * Where each event of an aggregate stands in its timeline: from top to bottom the stages, each with a line for each
 * publisher, partition, subscription or lane that had one of the events; from left to right logical or wall clock.
 */
import { laneName, type Moment, type Story } from './story.js';

export const stageNames = ['publish', 'store', 'deliver', 'submit', 'start', 'ack'] as const;
export type StageName = (typeof stageNames)[number];

export type ClockName = 'logical' | 'wall';

export interface Track {
  readonly stage: StageName;
  /** Such as `sub-topic-2`; empty: the stage has one track that needs no name. */
  readonly name: string;
  readonly y: number;
}

export interface Point {
  readonly stage: StageName;
  readonly x: number;
  readonly y: number;
}

export interface Placed {
  readonly story: Story;
  /** In the order of the stages; those not seen are left out. */
  readonly points: readonly Point[];
  /** Where the handler ended, on the track of its start; null: it did not. */
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

const trackHeight = 22;
const stageGap = 34;
const tracksMax = 12;

/** @param spread how wide a step of the logical clock, or of the time, is */
export function layoutOf(stories: readonly Story[], clock: ClockName, width: number): Layout {
  const tracks = tracksOf(stories);
  const trackOf = new Map(tracks.map((track) => [`${track.stage} ${track.name}`, track]));
  const xOf = scaleOf(stories, clock, width);
  const stored = storedAt(stories, xOf);
  const yOf = (stage: StageName, name: string): number =>
    (trackOf.get(`${stage} ${name}`) ?? trackOf.get(`${stage} ${others}`))?.y ?? 0;
  const placed = stories.map((story): Placed => {
    const points: Point[] = [];
    const add = (stage: StageName, x: number | null | undefined): void => {
      if (x !== null && x !== undefined) points.push({ stage, x, y: yOf(stage, trackName(story, stage)) });
    };
    add('publish', story.publish && xOf(story.publish));
    add('store', stored.get(story));
    add('deliver', story.deliver && xOf(story.deliver));
    add('submit', story.submitStamp === null ? null : xOf({ stamp: story.submitStamp, ms: story.deliver?.ms ?? 0 }));
    add('start', story.start && xOf(story.start));
    add('ack', story.answered && xOf(story.answered));
    return { story, points, finishX: story.finish && xOf(story.finish) };
  });
  const height = Math.max(...tracks.map(({ y }) => y), 0) + trackHeight;
  return { tracks, placed, width, height, xOf };
}

const others = 'others';

function trackName(story: Story, stage: StageName): string {
  switch (stage) {
    case 'publish':
      return story.publisher ?? 'publisher';
    case 'store':
      return story.partition === null || story.partition === 0
        ? story.topic
        : `${story.topic} ${String(story.partition)}`;
    case 'deliver':
      return story.subscription ?? 'subscription';
    case 'start':
      return story.lane === null ? '' : laneName(story.lane);
    case 'submit':
    case 'ack':
      return '';
  }
}

function isSeen(story: Story, stage: StageName): boolean {
  const seen: Readonly<Record<StageName, unknown>> = {
    publish: story.publish,
    store: story.position,
    deliver: story.deliver,
    submit: story.submitStamp,
    start: story.start,
    ack: story.answered,
  };
  return seen[stage] !== null;
}

function tracksOf(stories: readonly Story[]): Track[] {
  let y = 0;
  return stageNames.flatMap((stage) => {
    const seen = stories.filter((story) => isSeen(story, stage)).map((story) => trackName(story, stage));
    const names = [...new Set(seen)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
    const shown = names.length > tracksMax ? [...names.slice(0, tracksMax - 1), others] : names;
    const tracks = shown.map((name, index) => ({ stage, name, y: y + index * trackHeight }));
    if (tracks.length > 0) y += (tracks.length - 1) * trackHeight + stageGap;
    return tracks;
  });
}

/** Logical: the stamps that are told follow each other, as far apart as the marks on each track need. */
function scaleOf(stories: readonly Story[], clock: ClockName, width: number): (moment: Moment) => number {
  if (clock === 'wall') {
    const times = stories.flatMap(momentsOf).map(({ ms }) => ms);
    const first = Math.min(...times);
    const span = Math.max(...times) - first || 1;
    return ({ ms }) => ((ms - first) / span) * width;
  }
  const stamps = [...new Set(stories.flatMap(momentsOf).map(({ stamp }) => stamp))].sort((a, b) => a - b);
  const places = spread(stamps, tracksByStamp(stories), width);
  return ({ stamp }) => places[rankOf(stamps, stamp)] ?? width;
}

/** Tracks on which a mark with a version stands, by the stamp at which it stands there. */
function tracksByStamp(stories: readonly Story[]): Map<number, string[]> {
  const tracks = new Map<number, string[]>();
  const add = (moment: Moment | null, track: string): void => {
    if (moment !== null) tracks.set(moment.stamp, [...(tracks.get(moment.stamp) ?? []), track]);
  };
  for (const story of stories) {
    add(story.publish, `publish ${trackName(story, 'publish')}`);
    add(story.deliver, `deliver ${trackName(story, 'deliver')}`);
    add(story.start, `start ${trackName(story, 'start')}`);
  }
  return tracks;
}

/** Pixels from mark to mark of the same track, so that both can be read. */
const markWidth = 20;
const stepMin = 2;
const halvings = 12;

/** Steps of the same width, but for those before a mark that would cover the one before it; as wide as fits. */
function spread(stamps: readonly number[], tracks: ReadonlyMap<number, readonly string[]>, width: number): number[] {
  const withStep = (step: number): number[] => {
    const reached = new Map<string, number>();
    let x = -step;
    return stamps.map((stamp) => {
      const here = tracks.get(stamp) ?? [];
      x = Math.max(x + step, ...here.map((track) => (reached.get(track) ?? -Infinity) + markWidth));
      for (const track of here) reached.set(track, x);
      return x;
    });
  };
  let [low, high] = [stepMin, width / Math.max(1, stamps.length - 1)];
  for (let turn = 0; turn < halvings; turn += 1) {
    const middle = (low + high) / 2;
    if ((withStep(middle).at(-1) ?? 0) <= width) low = middle;
    else high = middle;
  }
  const places = withStep(low);
  const last = places.at(-1) ?? 0;
  // Marks are never drawn outside the picture, even where they then cover each other.
  const scale = last === 0 ? 1 : width / last;
  return places.map((x) => x * scale);
}

function momentsOf({ publish, deliver, submitStamp, start, finish, answered }: Story): Moment[] {
  const submit = submitStamp === null ? null : { stamp: submitStamp, ms: deliver?.ms ?? 0 };
  return [publish, deliver, submit, start, finish, answered].filter((moment) => moment !== null);
}

/** How many stamps are below it. */
function rankOf(stamps: readonly number[], stamp: number): number {
  let [low, high] = [0, stamps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stamps[middle]! < stamp) low = middle + 1;
    else high = middle;
  }
  return low;
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
