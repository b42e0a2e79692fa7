/**
 * From left to right of a timeline: either the logical clock, on which the stamps that are told follow each other, or the
 * wall clock, on which places are in proportion to time.
 */
import type { Moment, Story } from './story.js';
import { markWidth } from './stacking.js';
import { trackName } from './tracks.js';

export type ClockName = 'logical' | 'wall';

/** Milliseconds of the wall clock from the first moment that is told to the last. */
export function spanOf(stories: readonly Story[]): readonly [first: number, last: number] {
  const times = stories.flatMap(momentsOf).map(({ ms }) => ms);
  return [Math.min(...times), Math.max(...times)];
}

/** Logical: the stamps that are told follow each other, as far apart as the marks on each track need. */
export function scaleOf(stories: readonly Story[], clock: ClockName, width: number): (moment: Moment) => number {
  if (clock === 'wall') {
    const [first, last] = spanOf(stories);
    const span = last - first || 1;
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
