/**
 * Lets items that come in any order leave in the order of their stamps. Stamps are dense: each value from 1 up is taken
 * exactly once and arrives exactly once, so the next item to leave is known without comparing anything. What came early
 * waits in a ring indexed by stamp; the ring grows with what waits, up to a bound.
 *
 * A stamp that is still missing when the bound is reached, or at the end, is lost: a hole. Items then go on behind it.
 * An item that arrives for a stamp that was passed already, or is taken already, is late and is dropped.
 */

export interface StampWindowOptions {
  /** Stamps between the next one due and the furthest one held; rounded up to a power of two. */
  readonly bound?: number;
  /** Called with every stretch of lost stamps, `from` to `to` inclusive, before the item behind it leaves. */
  readonly onHole?: (from: number, to: number) => void;
}

/** The default of {@link StampWindowOptions.bound}: about ten seconds at 100,000 observations a second. */
const defaultBound = 1_048_576;

const smallestRing = 1_024;

export class StampWindow<Item extends object> {
  readonly #emit: (item: Item) => void;
  readonly #onHole: (from: number, to: number) => void;
  readonly #bound: number;
  /** The item of stamp s is at s & mask; the stamps held are next .. next + ring.length − 1. */
  #ring: (Item | undefined)[];
  #mask: number;
  #next = 1;
  #held = 0;
  #holes = 0;
  #late = 0;

  /** @throws {RangeError} for a bound that is no integer from 1 to 2^30 */
  constructor(emit: (item: Item) => void, options: StampWindowOptions = {}) {
    const bound = options.bound ?? defaultBound;
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 30) {
      throw new RangeError(`bound must be an integer from 1 to ${2 ** 30}, not ${bound}`);
    }
    this.#emit = emit;
    this.#onHole = options.onHole ?? ((): void => {});
    this.#bound = 2 ** Math.ceil(Math.log2(bound));
    this.#ring = emptyRing(Math.min(smallestRing, this.#bound));
    this.#mask = this.#ring.length - 1;
  }

  /** Stamps that were given up. */
  get holes(): number {
    return this.#holes;
  }

  /** Items dropped because their stamp was passed or taken. */
  get late(): number {
    return this.#late;
  }

  /** Items that wait for an earlier one. */
  get held(): number {
    return this.#held;
  }

  /** The stamp that is due. */
  get next(): number {
    return this.#next;
  }

  /**
   * True if the item of this stamp may leave at once, without being put: it counts as having left. The short way for
   * streams that are in order most of the time.
   */
  passes(stamp: number): boolean {
    if (stamp !== this.#next || this.#held > 0) return false;
    this.#next++;
    return true;
  }

  /** @returns false if the item was late. */
  put(stamp: number, item: Item): boolean {
    if (stamp < this.#next) return this.#drop();
    if (stamp - this.#next > this.#mask) this.#makeRoom(stamp);
    const place = stamp & this.#mask;
    if (this.#ring[place] !== undefined) return this.#drop();
    this.#ring[place] = item;
    this.#held++;
    if (stamp === this.#next) this.#advance();
    return true;
  }

  /** Nothing more will come: hands on what is held, in order, and counts the holes between. */
  end(): void {
    while (this.#held > 0) {
      this.#skip();
      this.#advance();
    }
  }

  #drop(): false {
    this.#late++;
    return false;
  }

  /** Hands on from the next stamp up to the first one that is missing. */
  #advance(): void {
    for (;;) {
      const place = this.#next & this.#mask;
      const item = this.#ring[place];
      if (item === undefined) return;
      this.#ring[place] = undefined;
      this.#held--;
      this.#next++;
      this.#emit(item);
    }
  }

  /** Gives up the stamps up to the first item held, or up to `limit` if that is earlier. */
  #skip(limit: number = Number.MAX_SAFE_INTEGER): void {
    const from = this.#next;
    if (this.#held === 0) this.#next = limit;
    else while (this.#next < limit && this.#ring[this.#next & this.#mask] === undefined) this.#next++;
    if (this.#next === from) return;
    this.#holes += this.#next - from;
    this.#onHole(from, this.#next - 1);
  }

  /** Grows the ring until the stamp fits; where the bound forbids that, gives up what is missing until it does. */
  #makeRoom(stamp: number): void {
    this.#grow(stamp);
    while (stamp - this.#next > this.#mask) {
      this.#skip(stamp - this.#mask);
      this.#advance();
    }
  }

  #grow(stamp: number): void {
    let length = this.#ring.length;
    while (stamp - this.#next >= length && length < this.#bound) length *= 2;
    if (length === this.#ring.length) return;
    const grown = emptyRing<Item>(length);
    for (let s = this.#next; s < this.#next + this.#ring.length; s++)
      grown[s & (length - 1)] = this.#ring[s & this.#mask];
    this.#ring = grown;
    this.#mask = length - 1;
  }
}

function emptyRing<Item>(length: number): (Item | undefined)[] {
  return new Array<Item | undefined>(length).fill(undefined);
}
