/**
 * Counts the versions that were skipped and never arrived. A version that was published in another unit of its
 * aggregate, and not in this one, was not due here, so it is no gap. Where a version jumped by a billion there are a
 * billion of them, so they are counted by ranges.
 */
import type { VersionRange } from './missing-versions.js';
import type { PublishedVersions } from '../memory/published-versions.js';

export interface MissingTally {
  /** Missing and due here. */
  readonly due: number;
  /** Of these, those that were published here. */
  readonly published: number;
}

/**
 * @param missing ascending ranges
 * @param others what was published in each of the other units
 */
export function tallyMissing(
  missing: readonly VersionRange[],
  here: PublishedVersions,
  others: readonly PublishedVersions[],
): MissingTally {
  const notHere = missing.flatMap(([low, high]) => here.unpublished(low, high));
  const nowhere = others.reduce<readonly VersionRange[]>(
    (ranges, other) => ranges.flatMap(([low, high]) => other.unpublished(low, high)),
    notHere,
  );
  const published = sizeOf(missing) - sizeOf(notHere);
  return { due: published + sizeOf(nowhere), published };
}

function sizeOf(ranges: readonly VersionRange[]): number {
  return ranges.reduce((total, [low, high]) => total + high - low + 1, 0);
}
