/**
 * Tells the kinds of duplicates apart. A *duplicate* is a further delivery of a version that has been observed before.
 * Its kind is the first of these that applies:
 *
 * - `redone`: every handling so far has failed or was cut off, so none had an effect; it does not decide;
 * - `storedTwice`: it comes from another log position, so the log holds the event twice;
 * - `redelivered`: the broker says so by its delivery count; where the broker has no such count, it comes from a log
 *   position from which this version was observed before;
 * - `unflagged`: neither, or the version is so old that its positions are forgotten.
 *
 * Beside its kind, it is `concurrent` if another attempt of the same event was still running when it started.
 *
 * A version is normally observed once, from its first known position, which the window has; only what differs from that
 * is kept here.
 */
import type { Delivery } from '../../domain/observation.js';
import type { PositionWindow } from '../memory/position-window.js';

/** What has become of the handlings of a version before this one. */
export type HandledBefore = 'running' | 'with effect' | 'without effect';

export type DuplicateKind = 'redone' | 'storedTwice' | 'redelivered' | 'unflagged';

/** The log is numbered as in log-name.ts. */
type LogPlace = readonly [log: number, position: number];

export class Duplicates {
  readonly #window: PositionWindow;
  /** By version: all known places from which it was observed, where these are not just its first known one. */
  readonly #places = new Map<number, LogPlace[]>();
  #sweepAt = 1024;
  redone = 0;
  storedTwice = 0;
  redelivered = 0;
  unflagged = 0;
  concurrent = 0;

  constructor(window: PositionWindow) {
    this.#window = window;
  }

  get total(): number {
    return this.redone + this.storedTwice + this.redelivered + this.unflagged;
  }

  /** The first delivery of a version is observed, from another place than its first known one. */
  observeElsewhere(version: number, log: number, position: number, floor: number): void {
    if (version > floor) this.#keep(version, position > 0 ? [[log, position]] : [], floor);
  }

  /** A version's first position became known only after the version had been observed, so from an unknown place. */
  learnPlaceLate(version: number, floor: number): void {
    if (!this.#places.has(version)) this.#keep(version, [], floor);
  }

  /** Whether the version was observed from this place; null: it is not known from where it was. */
  wasObservedAt(version: number, log: number, position: number): boolean | null {
    const places = this.#placesOf(version);
    return places.length === 0 ? null : places.some((place) => place[0] === log && place[1] === position);
  }

  /** A further delivery of a version is observed. Returns its kind. */
  observeAgain(delivery: Delivery, log: number, handled: HandledBefore, floor: number): DuplicateKind {
    if (handled === 'running') this.concurrent++;
    const kind = this.#kindOf(delivery, log, floor);
    const counted = handled === 'without effect' ? 'redone' : kind;
    this[counted]++;
    return counted;
  }

  #kindOf(
    { version, position, deliveryCount }: Delivery,
    log: number,
    floor: number,
  ): Exclude<DuplicateKind, 'redone'> {
    if (version <= floor) return 'unflagged';
    const before = this.#placesOf(version);
    const isKnown = position > 0;
    const isSame = isKnown && before.some((place) => place[0] === log && place[1] === position);
    if (isKnown && !isSame) this.#keep(version, [...before, [log, position]], floor);
    if (isKnown && !isSame && before.length > 0) return 'storedTwice';
    return (deliveryCount === null ? isSame : deliveryCount > 1) ? 'redelivered' : 'unflagged';
  }

  #placesOf(version: number): readonly LogPlace[] {
    const kept = this.#places.get(version);
    if (kept !== undefined) return kept;
    const position = this.#window.positionOf(version);
    return position === 0 ? [] : [[this.#window.partitionOf(version), position]];
  }

  #keep(version: number, places: LogPlace[], floor: number): void {
    this.#places.set(version, places);
    if (this.#places.size < this.#sweepAt) return;
    for (const old of this.#places.keys()) if (old <= floor) this.#places.delete(old);
    this.#sweepAt = 2 * this.#places.size + 1024;
  }
}
