/**
 * Puts slices on tracks, from the first stage to the last. Slices of a track follow each other: where two would lie
 * beside each other, as of handlers that run at the same time outside the lanes, the later one goes to a further track.
 */
import { sliceStages, type Slice } from './slices.js';

export interface Track {
  readonly name: string;
  readonly slices: readonly Slice[];
}

export function arrangedTracks(slices: readonly Slice[]): Track[] {
  const groups = new Map<string, Slice[]>();
  for (const slice of slices) {
    const key = JSON.stringify([slice.stage, slice.track]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [slice]);
    else group.push(slice);
  }
  return [...groups.values()].sort(([a], [b]) => compared(a!, b!)).flatMap(trackOf);
}

function compared(a: Slice, b: Slice): number {
  return sliceStages.indexOf(a.stage) - sliceStages.indexOf(b.stage) || a.place - b.place;
}

function trackOf(slices: readonly Slice[]): Track[] {
  const tracks: Slice[][] = [];
  for (const slice of [...slices].sort((a, b) => a.fromNs - b.fromNs)) {
    const free = tracks.find((track) => track.at(-1)!.toNs <= slice.fromNs);
    if (free === undefined) tracks.push([slice]);
    else free.push(slice);
  }
  const name = slices[0]!.track;
  return tracks.map((track, index) => ({
    name: index === 0 ? name : `${name} (${String(index + 1)})`,
    slices: track,
  }));
}
