/**
 * Keeps which versions of a unit have been published, and counts the pairs of neighbours that they make. The first
 * publish call of a version makes the event; a further one is a retry. Calls mostly come in version order; where
 * several publishers own one aggregate, or one aggregate lies in several topics, they do not, so versions below the
 * highest can be missing.
 */
import { MissingVersions, type VersionRange } from '../anomalies/missing-versions.js';

/** What `publish` returns for a version that was published before. */
export const publishedBefore = -1;

export class PublishedVersions {
  #highest = 0;
  #lowest = 0;
  #missing: MissingVersions<null> | null = null;

  get highest(): number {
    return this.#highest;
  }

  /** 0: nothing has been published. */
  get lowest(): number {
    return this.#lowest;
  }

  has(version: number): boolean {
    return version > 0 && version <= this.#highest && this.#missing?.has(version) !== true;
  }

  /**
   * A version is published.
   * @returns how many pairs of neighbours this completes (0, 1 or 2), or {@link publishedBefore}
   */
  publish(version: number): number {
    if (this.#lowest === 0 || version < this.#lowest) this.#lowest = version;
    if (version !== this.#highest + 1) return this.#publishOutOfOrder(version);
    this.#highest = version;
    return this.has(version - 1) ? 1 : 0;
  }

  /** The versions from `low` to `high` that have not been published, as ascending ranges. */
  unpublished(low: number, high: number): VersionRange[] {
    const ranges = this.#missing?.within(low, high) ?? [];
    if (high > this.#highest) ranges.push([Math.max(low, this.#highest + 1), high]);
    return ranges;
  }

  #publishOutOfOrder(version: number): number {
    if (version > this.#highest) {
      this.#missing ??= new MissingVersions();
      this.#missing.append(this.#highest + 1, version - 1, null);
      this.#highest = version;
      return 0;
    }
    if (this.#missing?.take(version) === undefined) return publishedBefore;
    return (this.has(version - 1) ? 1 : 0) + (this.has(version + 1) ? 1 : 0);
  }
}
