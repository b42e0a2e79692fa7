/**
 * The dispatcher's inbox in one thread: a bounded queue. A submit takes a short virtual time, drawn at random, in which
 * other subscriptions may get in first, as they may with a channel. The place and the submit stamp are taken in one
 * step.
 */
import { BoundedQueue } from '../bounded-queue.js';
import type { Clock, InboxReader, InboxWriter, Prng, Scheduler } from '../ports.js';

/** The longest virtual time that a submit takes while there is a place. */
const submitMsMax = 0.004;

export class VirtualInbox<T> implements InboxWriter<T>, InboxReader<T> {
  readonly #clock: Clock;
  readonly #prng: Prng;
  readonly #queue: BoundedQueue<T>;
  readonly #onEnqueued: (item: T) => void;

  /**
   * @param prng draws how long a submit takes
   * @param onEnqueued called as an item takes its place
   */
  constructor(world: Scheduler & Clock, prng: Prng, capacity: number, onEnqueued: (item: T) => void) {
    this.#clock = world;
    this.#prng = prng;
    this.#queue = new BoundedQueue(world, capacity);
    this.#onEnqueued = onEnqueued;
  }

  async submit(item: T, whenFull: 'wait' | 'refuse'): Promise<boolean> {
    await this.#clock.sleep(this.#prng.float() * submitMsMax);
    const accepted = this.#queue.tryPut(item) || (whenFull === 'wait' && (await this.#queue.put(item)));
    if (accepted) this.#onEnqueued(item);
    return accepted;
  }

  take(): Promise<T | null> {
    return this.#queue.take();
  }

  close(): void {
    this.#queue.close();
  }
}
