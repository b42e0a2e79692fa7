/**
 * Follows the order in which versions first arrive. This is RFC 4737's view of a stream: the highest version so far,
 * what was skipped below it, and how many first arrivals there have been. A version that arrives although a higher one
 * was there before is a *regression*; a version that had not arrived when a higher one did is a *gap*. Both are here
 * because each regression closes one gap; what becomes of the others is in still-open.ts.
 */
import { MissingVersions } from './missing-versions.js';

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

/** A version arrives that is higher than the next one in order: all between are skipped. */
export function arriveAhead<Sighting>(state: ArrivalState<Sighting>, version: number, sighting: Sighting): void {
  const next = state.highestArrived + 1;
  state.highestArrived = version;
  state.arrived++;
  state.missing ??= new MissingVersions();
  state.missing.append(next, version - 1, { sighting, index: state.arrived });
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

/** How many higher versions than this one have arrived: what a resequencer would hold while it waits for this one. */
export function arrivedAbove(state: ArrivalState<unknown>, version: number): number {
  return state.highestArrived - version - (state.missing?.countAbove(version) ?? 0);
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
  const { highestArrived, arrived, missing } = state;
  return { highestArrived, arrived, missing: missing === null ? null : missing.map(convertOpener) };
}
