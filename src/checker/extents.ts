/**
 * How far do late events come? The *extent* of a regression is how many places after the earliest higher version it
 * was first observed (RFC 4737, section 4.2.2: neighbours that changed places have extent 1). The largest extent is the
 * buffer that a resequencer would need.
 */
import type { Reordering } from '../domain/verdict.js';

export class Extents {
  readonly #counts = new Map<number, number>();
  #total = 0;

  add(extent: number): void {
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
    const max = extents[extents.length - 1]!;
    return { extentP50: median, extentMax: max, resequencerDepth: max };
  }
}
