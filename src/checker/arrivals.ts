/**
 * In which order did versions first arrive? This is RFC 4737's view of a stream: the highest version so far, what was
 * skipped below it, and how many first arrivals there have been. A version that arrives although a higher one was there
 * before is a *regression*; a version that had not arrived when a higher one did is a *gap*, counted once, when it is
 * first skipped. Both are here because each regression closes one gap.
 */
import { MissingVersions, type VersionRange } from './missing-versions.js';

/** The earliest arrival of a higher version: the one that made a gap of what it skipped. */
export interface Opener<Sighting> {
  readonly sighting: Sighting;
  /** Its place among the first arrivals, from 1. */
  readonly index: number;
}

export interface ArrivalState<Sighting> {
  highestArrived: number;
  /** First arrivals so far. */
  arrived: number;
  /** Versions that were skipped, whether or not they have arrived since. */
  gaps: number;
  missing: MissingVersions<Opener<Sighting>> | null;
}

export function hasArrived(state: ArrivalState<unknown>, version: number): boolean {
  return version <= state.highestArrived && state.missing?.has(version) !== true;
}

/** True if the version is a gap that nothing has closed so far. */
export function isMissing(state: ArrivalState<unknown>, version: number): boolean {
  return state.missing?.has(version) === true;
}

/** The next version in order arrives. */
export function arriveNext(state: ArrivalState<unknown>): void {
  state.highestArrived++;
  state.arrived++;
}

/** A version arrives that is higher than all before; `skipped` are those that this makes gaps of, ascending. */
export function arriveAhead<Sighting>(
  state: ArrivalState<Sighting>,
  version: number,
  skipped: readonly VersionRange[],
  sighting: Sighting,
): void {
  state.highestArrived = version;
  state.arrived++;
  if (skipped.length === 0) return;
  const opener = { sighting, index: state.arrived };
  state.missing ??= new MissingVersions();
  const before = state.missing.size;
  for (const [low, high] of skipped) state.missing.append(low, high, opener);
  state.gaps += state.missing.size - before;
}

/**
 * A version arrives that is not higher than all before. If this is its first arrival, it is a regression: returns the
 * earliest higher arrival. Otherwise returns undefined and counts nothing.
 */
export function arriveBelow<Sighting>(state: ArrivalState<Sighting>, version: number): Opener<Sighting> | undefined {
  const opener = state.missing?.take(version);
  if (opener !== undefined) state.arrived++;
  return opener;
}

/** A skipped version turns out never to have been due here: it was no gap. */
export function forgetGap(state: ArrivalState<unknown>, version: number): void {
  if (state.missing?.take(version) !== undefined) state.gaps--;
}

/** The same arrivals, remembering of each sighting only what `convert` makes of it. */
export function mapArrivals<Sighting, Other>(
  state: ArrivalState<Sighting>,
  convert: (sighting: Sighting) => Other,
): ArrivalState<Other> {
  const convertOpener = ({ sighting, index }: Opener<Sighting>): Opener<Other> => ({
    sighting: convert(sighting),
    index,
  });
  const { highestArrived, arrived, gaps, missing } = state;
  return { highestArrived, arrived, gaps, missing: missing === null ? null : missing.map(convertOpener) };
}
