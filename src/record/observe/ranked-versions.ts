/**
 * Numbers versions that rise by any step by their places among those that were published of their aggregate, so that
 * neighbours differ by one. A number is final only if each version is published before anything else is said of it, and
 * none after a higher one; what keeps to neither has no number.
 */
import type { Version } from '../../checker/compact/compact-verdict.js';
import type { CountedVersions, EventOf } from './counted-versions.js';

export class RankedVersions implements CountedVersions {
  /** By topic and aggregate: what was published, lowest first. */
  readonly #published: (readonly Version[] | undefined)[][] = [];

  /** @returns the place of the version, from 1; null: it has none */
  counted(version: Version, { event, topic, aggregate }: EventOf): number | null {
    const units = (this.#published[topic] ??= []);
    const versions = (units[aggregate] ??= []) as Version[];
    const last = versions.at(-1);
    if (event === 'publish' && (last === undefined || version > last)) return versions.push(version);
    const place = placeOf(versions, version);
    return versions[place] === version ? place + 1 : null;
  }
}

/** Index of the first one that is not lower. */
function placeOf(versions: readonly Version[], version: Version): number {
  let from = 0;
  let to = versions.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (versions[middle]! < version) from = middle + 1;
    else to = middle;
  }
  return from;
}
