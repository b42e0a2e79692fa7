/**
 * A bounded first-in-first-out queue between tasks of one thread: `put` waits while it is full, `take` while it is
 * empty. Waiters are served in the order in which they came. It runs under any scheduler.
 */
import type { Scheduler, Signal } from './ports.js';

export class BoundedQueue<T> {
  readonly #capacity: number;
  readonly #notEmpty: Signal;
  readonly #notFull: Signal;
  readonly #ring: (T | undefined)[];
  #head = 0;
  #size = 0;
  #closed = false;

  /** @param capacity places in the queue, at least 1 @throws {RangeError} if it is not a positive integer */
  constructor(scheduler: Scheduler, capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1)
      throw new RangeError(`capacity must be a positive integer, not ${capacity}`);
    this.#capacity = capacity;
    this.#ring = [];
    this.#notEmpty = scheduler.signal();
    this.#notFull = scheduler.signal();
  }

  get size(): number {
    return this.#size;
  }

  /** Puts the item in if there is a place for it. False if the queue is full or closed. */
  tryPut(item: T): boolean {
    if (this.#closed || this.#size >= this.#capacity) return false;
    this.#append(item);
    return true;
  }

  /** Puts an item that was taken in again, behind all others, even if the queue is full or closed. */
  putBack(item: T): void {
    this.#append(item);
  }

  /** Waits for a place. Resolves to false if the queue was closed. */
  async put(item: T): Promise<boolean> {
    while (!this.tryPut(item)) {
      if (this.#closed) return false;
      await this.#notFull.wait();
    }
    return true;
  }

  /** Takes the first item without waiting; undefined if the queue is empty. */
  tryTake(): T | undefined {
    if (this.#size === 0) return undefined;
    const item = this.#ring[this.#head];
    this.#ring[this.#head] = undefined;
    this.#head = (this.#head + 1) % this.#ring.length;
    this.#size--;
    this.#notFull.notifyOne();
    return item;
  }

  /** Takes out all items that match, in queue order; the others stay in their order. Looks at the whole queue. */
  takeWhere(matches: (item: T) => boolean): T[] {
    const items = Array.from({ length: this.#size }, (_, i) => this.#ring[(this.#head + i) % this.#ring.length]!);
    const taken = items.filter((item) => matches(item));
    const kept = items.filter((item) => !matches(item));
    this.#ring.fill(undefined);
    kept.forEach((item, i) => (this.#ring[i] = item));
    this.#head = 0;
    this.#size = kept.length;
    taken.forEach(() => this.#notFull.notifyOne());
    return taken;
  }

  /** Waits for an item. Resolves to null once the queue is closed and empty. */
  async take(): Promise<T | null> {
    for (;;) {
      const item = this.tryTake();
      if (item !== undefined) return item;
      if (this.#closed) return null;
      await this.#notEmpty.wait();
    }
  }

  /** Nothing more goes in; what is in can still be taken. */
  close(): void {
    this.#closed = true;
    this.#notEmpty.notifyAll();
    this.#notFull.notifyAll();
  }

  #append(item: T): void {
    this.#grow();
    this.#ring[(this.#head + this.#size) % this.#ring.length] = item;
    this.#size++;
    this.#notEmpty.notifyOne();
  }

  /** The ring starts small and doubles, so that hundreds of idle lanes cost next to nothing. */
  #grow(): void {
    if (this.#size < this.#ring.length) return;
    const length = Math.max(this.#size + 1, Math.min(this.#capacity, Math.max(4, this.#ring.length * 2)));
    const items = Array.from({ length }, (_, i) =>
      i < this.#size ? this.#ring[(this.#head + i) % this.#ring.length] : undefined,
    );
    this.#ring.splice(0, this.#ring.length, ...items);
    this.#head = 0;
  }
}
