/**
 * Knows which events have been handled before, from the highest version handled of each aggregate and the versions
 * below it that are still missing. Its memory grows with aggregates and open gaps, not with events.
 */

/** A version further ahead than this is taken as first without remembering what it skipped. */
const widestGap = 65_536;

export class FirstHandlings {
  readonly #highest: number[] = [];
  readonly #missing: (Set<number> | undefined)[] = [];

  /** Records a handling of this event. @returns true if it is the first */
  isFirst(aggregate: number, version: number): boolean {
    const highest = this.#highest[aggregate] ?? 0;
    if (version <= highest) return this.#missing[aggregate]?.delete(version) ?? false;
    if (version > highest + 1) this.#skip(aggregate, highest, version);
    this.#highest[aggregate] = version;
    return true;
  }

  #skip(aggregate: number, highest: number, version: number): void {
    const missing = (this.#missing[aggregate] ??= new Set());
    for (let v = Math.max(highest + 1, version - widestGap); v < version; v++) missing.add(v);
  }
}
