/**
 * Finds versions that lie in the log behind a higher one. A *store inversion* is a version whose first known log
 * position is greater than that of a higher version in the same partition. Each such version counts once, in whatever
 * order the positions become known, as long as both are remembered.
 *
 * While no inversion has been found and all positions are in one partition, positions rise with versions, so a version
 * need only be compared with its nearest known neighbours.
 */
import type { PositionWindow } from '../memory/position-window.js';

/** Called once for each inverted version, with a higher one that is stored before it. */
export type OnInverted = (version: number, higher: number) => void;

export class StoreInversions {
  readonly #window: PositionWindow;
  readonly #onInverted: OnInverted;
  #count = 0;
  /** Inverted versions that are still remembered: none is counted twice. */
  readonly #inverted = new Set<number>();
  #sweepAt = 1024;

  constructor(window: PositionWindow, onInverted: OnInverted) {
    this.#window = window;
    this.#onInverted = onInverted;
  }

  get count(): number {
    return this.#count;
  }

  /** A version's position has become known and is remembered, with others from the floor up. */
  compare(version: number, floor: number): void {
    const window = this.#window;
    if (this.#count === 0 && window.singlePartition && this.#fitsNeighbours(version)) return;
    const position = window.positionOf(version);
    const partition = window.partitionOf(version);
    for (let other = Math.max(window.lowest, floor + 1); other <= window.highest; other++) {
      const otherPosition = window.positionOf(other);
      if (otherPosition === 0 || window.partitionOf(other) !== partition) continue;
      if (other < version && otherPosition > position) this.#invert(other, version, floor);
      else if (other > version && otherPosition < position) this.#invert(version, other, floor);
    }
  }

  #fitsNeighbours(version: number): boolean {
    const window = this.#window;
    const position = window.positionOf(version);
    let above = version + 1;
    while (above < window.highest && window.positionOf(above) === 0) above++;
    if (above <= window.highest && window.positionOf(above) < position) return false;
    let below = version - 1;
    while (below > window.lowest && window.positionOf(below) === 0) below--;
    return window.positionOf(below) < position;
  }

  #invert(version: number, higher: number, floor: number): void {
    if (this.#inverted.has(version)) return;
    this.#inverted.add(version);
    this.#count++;
    this.#onInverted(version, higher);
    if (this.#inverted.size < this.#sweepAt) return;
    for (const old of this.#inverted) if (old <= floor) this.#inverted.delete(old);
    this.#sweepAt = 2 * this.#inverted.size + 1024;
  }
}
