/**
 * Keeps the versions that were skipped and are still missing, with what skipped them. They are sorted runs of
 * consecutive versions, each with its opener: whatever the caller wants to remember of the observation that skipped
 * over them. Memory grows with the number of runs, so a jump of a billion versions costs as much as one of two.
 */
interface Run<Opener> {
  low: number;
  high: number;
  readonly opener: Opener;
}

/** An inclusive range of versions. */
export type VersionRange = readonly [low: number, high: number];

export class MissingVersions<Opener> {
  readonly #runs: Run<Opener>[] = [];
  #size = 0;

  /** Versions missing now. */
  get size(): number {
    return this.#size;
  }

  /** Adds a run whose versions lie above every version that is missing already. */
  append(low: number, high: number, opener: Opener): void {
    this.#runs.push({ low, high, opener });
    this.#size += high - low + 1;
  }

  has(version: number): boolean {
    return this.#indexOf(version) >= 0;
  }

  /** Removes a version and returns its opener; undefined if it was not missing. */
  take(version: number): Opener | undefined {
    const index = this.#indexOf(version);
    if (index < 0) return undefined;
    const run = this.#runs[index]!;
    this.#size--;
    if (run.low === run.high) this.#runs.splice(index, 1);
    else if (version === run.low) run.low++;
    else if (version === run.high) run.high--;
    else {
      this.#runs.splice(index + 1, 0, { low: version + 1, high: run.high, opener: run.opener });
      run.high = version - 1;
    }
    return run.opener;
  }

  /** How many are missing above this version. */
  countAbove(version: number): number {
    let count = 0;
    for (let i = this.#runs.length - 1; i >= 0; i--) {
      const { low, high } = this.#runs[i]!;
      if (high <= version) break;
      count += high - Math.max(low, version + 1) + 1;
    }
    return count;
  }

  /** All of them, as ascending ranges. */
  ranges(): VersionRange[] {
    return this.#runs.map(({ low, high }) => [low, high]);
  }

  /** The missing versions from `low` to `high`, as ascending ranges. */
  within(low: number, high: number): VersionRange[] {
    const ranges: VersionRange[] = [];
    for (let i = this.#firstReaching(low); i < this.#runs.length; i++) {
      const run = this.#runs[i]!;
      if (run.low > high) break;
      ranges.push([Math.max(low, run.low), Math.min(high, run.high)]);
    }
    return ranges;
  }

  /** The same runs, each with the opener that `convert` makes of its own. */
  map<Other>(convert: (opener: Opener) => Other): MissingVersions<Other> {
    const copy = new MissingVersions<Other>();
    for (const { low, high, opener } of this.#runs) copy.append(low, high, convert(opener));
    return copy;
  }

  #indexOf(version: number): number {
    const index = this.#firstReaching(version);
    return index < this.#runs.length && this.#runs[index]!.low <= version ? index : -1;
  }

  /** Index of the first run that ends at `version` or above; the number of runs if none does. */
  #firstReaching(version: number): number {
    let from = 0;
    let to = this.#runs.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#runs[middle]!.high < version) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
