/**
 * Which versions lie in the log behind a higher one? A *store inversion* is a version whose first known log position
 * is greater than that of a higher version in the same partition. Each such version counts once, in whatever order the
 * positions become known, as long as both versions are within the window of positions.
 *
 * While no inversion has been found and all positions are in one partition, positions rise with versions, so a version
 * need only be compared with its nearest known neighbours.
 */
import { PositionWindow } from './position-window.js';

export class StoreInversions {
  readonly #window: PositionWindow;
  readonly #windowSize: number;
  #count = 0;
  #highestPosition = 0;
  /** Inverted versions within the window: none is counted twice. */
  #inverted: Set<number> | null = null;

  constructor(windowSize: number) {
    this.#window = new PositionWindow(windowSize);
    this.#windowSize = windowSize;
  }

  get count(): number {
    return this.#count;
  }

  /** Tells where a version is stored; only the first position of a version counts. Unknown ones (0) are passed over. */
  learn(version: number, partition: number, position: number): void {
    if (position <= 0) return;
    const window = this.#window;
    if (version > window.highest) {
      window.remember(version, partition, position);
      if (position > this.#highestPosition) this.#highestPosition = position;
      else this.#compare(version, partition, position);
      return;
    }
    if (!window.covers(version) || window.positionOf(version) !== 0) return;
    window.remember(version, partition, position);
    if (position > this.#highestPosition) this.#highestPosition = position;
    if (this.#inverted === null && window.singlePartition && this.#fitsNeighbours(version, position)) return;
    this.#compare(version, partition, position);
  }

  #fitsNeighbours(version: number, position: number): boolean {
    const window = this.#window;
    let above = version + 1;
    while (above < window.highest && window.positionOf(above) === 0) above++;
    if (window.positionOf(above) < position) return false;
    let below = version - 1;
    while (below > window.lowest && window.positionOf(below) === 0) below--;
    return window.positionOf(below) < position;
  }

  #compare(version: number, partition: number, position: number): void {
    const window = this.#window;
    for (let other = window.lowest; other <= window.highest; other++) {
      const otherPosition = window.positionOf(other);
      if (otherPosition === 0 || other === version || window.partitionOf(other) !== partition) continue;
      if (other < version && otherPosition > position) this.#invert(other);
      else if (other > version && otherPosition < position) this.#invert(version);
    }
  }

  #invert(version: number): void {
    this.#inverted ??= new Set();
    if (this.#inverted.has(version)) return;
    this.#inverted.add(version);
    this.#count++;
    if (this.#inverted.size > 2 * this.#windowSize) {
      for (const old of this.#inverted) if (!this.#window.covers(old)) this.#inverted.delete(old);
    }
  }
}
