/**
 * What would a hand-written checker count? The *naive count* takes every version that is not above the highest so far
 * as a violation; *descents* compare with the previous observation only. Neither shares state with the real counts, so
 * that `naive = regressions + duplicates` is a check of both.
 */
export class NaiveCounts {
  #highest = 0;
  #previous = 0;
  naive = 0;
  descents = 0;

  observe(version: number): void {
    if (version <= this.#highest) this.naive++;
    else this.#highest = version;
    if (version < this.#previous) this.descents++;
    this.#previous = version;
  }
}
