/**
 * The dispatcher's inbox for subscription threads: a linearizable bounded queue in shared memory, like the channel of
 * the incident's bus. If one submit has returned before another begins, its item comes first. A writer looks for a
 * place, takes it, takes the submit stamp and writes the item in one step under a lock, so the order of submit stamps
 * and the order of the queue are the same.
 *
 * Writers that find the queue full stand in line, first come, first served. After it has freed places the reader rings
 * the first of them, which rings the next if there is room for it too. A writer that is not in line takes a place only
 * if one is left for each writer in line. Threads wait in their event loops and are not blocked.
 */
import type { Delivery } from '../../domain/observation.js';
import type { InboxReader, InboxWriter } from '../ports.js';
import { readDelivery, writeDelivery } from './delivery-codec.js';
import { Doorbell, ring } from './doorbell.js';
import { inboxSize, itemOffset, word, writerBell, type InboxMemory } from './inbox-memory.js';
import { lock, unlock } from './shared-lock.js';
import { SharedStamps } from './shared-stamps.js';

type Enqueued = 'taken' | 'full' | 'closed';

/** The writing end of one thread; `writer` is its index among the writers. */
export class SharedInboxWriter implements InboxWriter<Delivery> {
  readonly #memory: InboxMemory;
  readonly #writer: number;
  readonly #stamps: SharedStamps;
  readonly #bell: Doorbell;
  /** Settles when the last waiting submit of this thread does: the next one waits for it, so they keep their order. */
  #waiting: Promise<unknown> = Promise.resolve();
  #waitingCount = 0;
  #inLine = false;

  constructor(memory: InboxMemory, writer: number) {
    this.#memory = memory;
    this.#writer = writer;
    this.#stamps = new SharedStamps(memory.stamps);
    this.#bell = new Doorbell(memory.words, writerBell(memory, writer));
  }

  /** Sets the delivery's `submitStamp` as it takes its place. */
  async submit(delivery: Delivery, whenFull: 'wait' | 'refuse'): Promise<boolean> {
    if (this.#waitingCount === 0) {
      const enqueued = this.#enqueue(delivery, false);
      if (enqueued === 'taken') return true;
      if (enqueued === 'closed') return false;
    }
    if (whenFull === 'refuse') return false;
    const mine = this.#waiting.then(() => this.#waitForPlace(delivery));
    this.#waiting = mine;
    this.#waitingCount++;
    try {
      return await mine;
    } finally {
      this.#waitingCount--;
    }
  }

  async #waitForPlace(delivery: Delivery): Promise<boolean> {
    for (;;) {
      const enqueued = this.#enqueue(delivery, true);
      if (enqueued !== 'full') return enqueued === 'taken';
      await this.#bell.wait(() => this.#mayTryAgain());
    }
  }

  #mayTryAgain(): boolean {
    const { words, capacity } = this.#memory;
    if (Atomics.load(words, word.closed) === 1) return true;
    const first = Atomics.load(words, word.line + Atomics.load(words, word.lineHead));
    return first === this.#writer && inboxSize(this.#memory) < capacity;
  }

  /** The step under the lock that fixes the order. A writer that may not take a place joins the line if `getInLine`. */
  #enqueue(delivery: Delivery, getInLine: boolean): Enqueued {
    const { words, items, capacity } = this.#memory;
    lock(words, word.lock);
    try {
      if (words[word.closed] === 1) return 'closed';
      if (!this.#mayTakePlace(capacity - inboxSize(this.#memory))) {
        if (getInLine && !this.#inLine) this.#joinLine();
        return 'full';
      }
      if (this.#inLine) this.#leaveLine();
      const put = words[word.put]!;
      delivery.submitStamp = this.#stamps.next();
      writeDelivery(items, itemOffset(this.#memory, put), delivery);
      Atomics.store(words, word.put, (put + 1) | 0);
    } finally {
      unlock(words, word.lock);
    }
    ring(words, word.readerBell);
    if (Atomics.load(words, word.lineLength) > 0 && inboxSize(this.#memory) < capacity) ringFirstInLine(this.#memory);
    return 'taken';
  }

  /** True for the first writer in line, and for a writer not in line while a place is left for each writer in it. */
  #mayTakePlace(free: number): boolean {
    const { words } = this.#memory;
    if (this.#inLine) return free > 0 && words[word.line + words[word.lineHead]!] === this.#writer;
    return free > words[word.lineLength]!;
  }

  #joinLine(): void {
    const { words, writers } = this.#memory;
    const length = words[word.lineLength]!;
    Atomics.store(words, word.line + ((words[word.lineHead]! + length) % writers), this.#writer);
    Atomics.store(words, word.lineLength, length + 1);
    this.#inLine = true;
  }

  #leaveLine(): void {
    const { words, writers } = this.#memory;
    Atomics.store(words, word.lineHead, (words[word.lineHead]! + 1) % writers);
    Atomics.store(words, word.lineLength, words[word.lineLength]! - 1);
    this.#inLine = false;
  }
}

/** Number of takes in a row before the reader lets timers, sockets and messages of other threads have a turn. */
const takesPerTurnMax = 64;

/** The only reading end. */
export class SharedInboxReader implements InboxReader<Delivery> {
  readonly #memory: InboxMemory;
  readonly #bell: Doorbell;
  #takesInARow = 0;
  #isRinging = false;

  constructor(memory: InboxMemory) {
    this.#memory = memory;
    this.#bell = new Doorbell(memory.words, word.readerBell);
  }

  get size(): number {
    return inboxSize(this.#memory);
  }

  async take(): Promise<Delivery | null> {
    if (++this.#takesInARow > takesPerTurnMax) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      this.#takesInARow = 0;
    }
    for (;;) {
      const delivery = this.tryTake();
      if (delivery !== undefined) return delivery;
      if (this.#isClosedAndEmpty()) return null;
      this.#takesInARow = 0;
      await this.#bell.wait(() => this.size > 0 || this.#isClosedAndEmpty());
    }
  }

  tryTake(): Delivery | undefined {
    const { words, items } = this.#memory;
    const taken = words[word.taken]!;
    if (Atomics.load(words, word.put) === taken) return undefined;
    const delivery = readDelivery(items, itemOffset(this.#memory, taken));
    Atomics.store(words, word.taken, (taken + 1) | 0);
    if (Atomics.load(words, word.lineLength) > 0) this.#ringLineSoon();
    return delivery;
  }

  /**
   * Rings once for all places that one turn of the event loop frees: waking a thread costs more than taking an item.
   */
  #ringLineSoon(): void {
    if (this.#isRinging) return;
    this.#isRinging = true;
    setImmediate(() => {
      this.#isRinging = false;
      ringFirstInLine(this.#memory);
    });
  }

  /** Reads `closed` first: no item goes in once it is set, so an empty inbox then stays empty. */
  #isClosedAndEmpty(): boolean {
    return Atomics.load(this.#memory.words, word.closed) === 1 && this.size === 0;
  }
}

/** Closes the inbox to writers; its items can still be taken. May be called by any thread, more than once. */
export function closeInbox(memory: InboxMemory): void {
  const { words, writers } = memory;
  lock(words, word.lock);
  Atomics.store(words, word.closed, 1);
  unlock(words, word.lock);
  ring(words, word.readerBell);
  for (let writer = 0; writer < writers; writer++) ring(words, writerBell(memory, writer));
}

function ringFirstInLine(memory: InboxMemory): void {
  const first = Atomics.load(memory.words, word.line + Atomics.load(memory.words, word.lineHead));
  ring(memory.words, writerBell(memory, first));
}
