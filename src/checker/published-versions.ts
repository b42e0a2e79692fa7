/**
 * Which versions of an aggregate have been published, and how many pairs of neighbours within one unit do they make?
 * The first publish call of a version makes the event; a further one is a retry. Calls mostly come in version order;
 * where several publishers own one aggregate they may not, so versions below the highest can still be missing, and of
 * the versions at the edges of what is missing the unit is remembered.
 */
import { MissingVersions, type VersionRange } from './missing-versions.js';

/** What `publish` returns for a version that was published before. */
export const publishedBefore = -1;

export class PublishedVersions {
  #highest = 0;
  #unitOfHighest = -1;
  #missing: MissingVersions<null> | null = null;
  #unitAtEdge: Map<number, number> | null = null;

  get highest(): number {
    return this.#highest;
  }

  has(version: number): boolean {
    return version <= this.#highest && this.#missing?.has(version) !== true;
  }

  /**
   * A version is published in a unit. Returns how many pairs of neighbours in that unit this completes: 0, 1 or 2; or
   * {@link publishedBefore}.
   */
  publish(version: number, unit: number): number {
    if (version !== this.#highest + 1) return this.#publishOutOfOrder(version, unit);
    const pairs = this.#unitOfHighest === unit ? 1 : 0;
    this.#highest = version;
    this.#unitOfHighest = unit;
    return pairs;
  }

  /** The versions from `low` to `high` that have not been published, as ascending ranges. */
  unpublished(low: number, high: number): VersionRange[] {
    const ranges = this.#missing?.within(low, high) ?? [];
    if (high > this.#highest) ranges.push([Math.max(low, this.#highest + 1), high]);
    return ranges;
  }

  #publishOutOfOrder(version: number, unit: number): number {
    if (version > this.#highest) {
      this.#missing ??= new MissingVersions();
      this.#unitAtEdge ??= new Map();
      this.#missing.append(this.#highest + 1, version - 1, null);
      this.#unitAtEdge.set(this.#highest, this.#unitOfHighest);
      this.#unitAtEdge.set(version, unit);
      this.#highest = version;
      this.#unitOfHighest = unit;
      return 0;
    }
    if (this.#missing?.take(version) === undefined) return publishedBefore;
    const edges = this.#unitAtEdge!;
    edges.set(version, unit);
    const pairs = (this.#isIn(version - 1, unit) ? 1 : 0) + (this.#isIn(version + 1, unit) ? 1 : 0);
    for (const edge of [version - 1, version, version + 1]) {
      if (!this.#missing.has(edge - 1) && !this.#missing.has(edge + 1)) edges.delete(edge);
    }
    return pairs;
  }

  /** Of a neighbour of a version that was missing until now. */
  #isIn(neighbour: number, unit: number): boolean {
    return this.has(neighbour) && this.#unitAtEdge!.get(neighbour) === unit;
  }
}
