/**
 * Of which kind is a duplicate? A *duplicate* is a further delivery of a version that has been observed before. By the
 * first that applies it is
 * - `storedTwice`: it comes from another log position, so the log holds the event twice;
 * - `redelivered`: the broker says so by its delivery count; where the broker has no such count, it comes from a log
 *   position from which this version was observed before;
 * - `unflagged`: neither, or the version is older than the window of positions.
 * Beside its kind, it is `concurrent` if another attempt of the same event was still running when it started.
 */
import type { Delivery } from '../domain/observation.js';
import { PositionWindow } from './position-window.js';

export type DuplicateKind = 'storedTwice' | 'redelivered' | 'unflagged';

type LogPlace = readonly [partition: number, position: number];

export class Duplicates {
  readonly #window: PositionWindow;
  readonly #windowSize: number;
  /** Of versions observed from more than one log position: all but the first. */
  #furtherPlaces: Map<number, LogPlace[]> | null = null;
  storedTwice = 0;
  redelivered = 0;
  unflagged = 0;
  concurrent = 0;

  constructor(windowSize: number) {
    this.#window = new PositionWindow(windowSize);
    this.#windowSize = windowSize;
  }

  get total(): number {
    return this.storedTwice + this.redelivered + this.unflagged;
  }

  /** The first delivery of a version is observed. */
  observeFirst(version: number, partition: number, position: number): void {
    if (this.#window.covers(version)) this.#window.remember(version, partition, position);
  }

  /** A further delivery of a version is observed. */
  observeAgain(delivery: Delivery, isConcurrent: boolean): void {
    this[this.#kindOf(delivery)]++;
    if (isConcurrent) this.concurrent++;
  }

  #kindOf(delivery: Delivery): DuplicateKind {
    const { version, partition, position, deliveryCount } = delivery;
    if (!this.#window.covers(version)) return 'unflagged';
    const known = this.#window.positionOf(version) !== 0;
    const before = this.#wasObservedAt(version, partition, position);
    if (position > 0 && !before) this.#remember(version, partition, position, known);
    if (position > 0 && known && !before) return 'storedTwice';
    const redelivered = deliveryCount === null ? before : deliveryCount > 1;
    return redelivered ? 'redelivered' : 'unflagged';
  }

  #wasObservedAt(version: number, partition: number, position: number): boolean {
    if (position <= 0) return false;
    if (this.#window.positionOf(version) === position && this.#window.partitionOf(version) === partition) return true;
    const further = this.#furtherPlaces?.get(version);
    return further?.some((place) => place[0] === partition && place[1] === position) === true;
  }

  #remember(version: number, partition: number, position: number, asFurther: boolean): void {
    if (!asFurther) {
      this.#window.remember(version, partition, position);
      return;
    }
    this.#furtherPlaces ??= new Map();
    const places = this.#furtherPlaces.get(version);
    if (places !== undefined) places.push([partition, position]);
    else this.#furtherPlaces.set(version, [[partition, position]]);
    if (this.#furtherPlaces.size <= 2 * this.#windowSize) return;
    for (const old of this.#furtherPlaces.keys()) if (!this.#window.covers(old)) this.#furtherPlaces.delete(old);
  }
}
