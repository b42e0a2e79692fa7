/**
 * Measures how late the late events of regressions came, over all aggregates of a run. The *extent* of a regression is
 * how many places after the earliest higher version it was first observed (RFC 4737, section 4.2.2: neighbours that
 * changed places have extent 1). The *resequencer depth* is the most events of one aggregate that would have to be held
 * at once to restore order: while a late event is waited for, all higher ones that have arrived. It is greatest just
 * before an event that is the lowest still to come, so it is enough to look at regressions. It is at most the largest
 * extent: `5 1 2 3 4` has extent 4 and depth 1.
 */
import type { Reordering } from '../../domain/report/verdict.js';

export class Extents {
  readonly #counts = new Map<number, number>();
  #total = 0;
  #depth = 0;

  /** @param arrivedAbove higher versions that had arrived before the late one */
  add(extent: number, arrivedAbove: number): void {
    this.#depth = Math.max(this.#depth, arrivedAbove);
    this.#counts.set(extent, (this.#counts.get(extent) ?? 0) + 1);
    this.#total++;
  }

  /** The median is the lower one where there are two; all null without regressions. */
  reordering(): Reordering {
    if (this.#total === 0) return { extentP50: null, extentMax: null, resequencerDepth: null };
    const extents = [...this.#counts.keys()].sort((a, b) => a - b);
    const middle = Math.ceil(this.#total / 2);
    let below = 0;
    const median = extents.find((extent) => (below += this.#counts.get(extent)!) >= middle)!;
    return { extentP50: median, extentMax: extents[extents.length - 1]!, resequencerDepth: this.#depth };
  }
}
