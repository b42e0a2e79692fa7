/**
 * The shared memory of the dispatcher's inbox: a ring of fixed-size items, a few control words, and the line of writers
 * that wait for a place. All are plain typed arrays over shared memory, which a worker can be handed as they are.
 */
import { deliveryDoubles } from './delivery-codec.js';
import type { StampCounter } from './shared-stamps.js';

export interface InboxMemory {
  /** Places in the queue; the ring may be longer. */
  readonly capacity: number;
  readonly writers: number;
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly items: Float64Array<SharedArrayBuffer>;
  readonly stamps: StampCounter;
}

/** Indices of the control words. Words that different threads write often lie in cache lines of their own. */
export const word = {
  lock: 0,
  /** Items taken since the beginning, modulo 2^32. Written by the reader. */
  taken: 16,
  /** Items put since the beginning, modulo 2^32. Written under the lock. */
  put: 32,
  closed: 33,
  /** How many writers stand in line, and where the line begins. Written under the lock, read without it too. */
  lineLength: 34,
  lineHead: 35,
  readerBell: 48,
  /** The line, a ring of writer indices; behind it one bell for each writer. */
  line: 64,
} as const;

/**
 * @param capacity places in the queue, at least 1
 * @param writers producer threads, at least 1
 * @throws {RangeError} if either is not a positive integer
 */
export function createInboxMemory(capacity: number, writers: number, stamps: StampCounter): InboxMemory {
  if (!Number.isInteger(capacity) || capacity < 1)
    throw new RangeError(`capacity must be a positive integer, not ${capacity}`);
  if (!Number.isInteger(writers) || writers < 1)
    throw new RangeError(`writers must be a positive integer, not ${writers}`);
  return {
    capacity,
    writers,
    words: new Int32Array(new SharedArrayBuffer((word.line + 2 * writers) * Int32Array.BYTES_PER_ELEMENT)),
    items: new Float64Array(
      new SharedArrayBuffer(ringLength(capacity) * deliveryDoubles * Float64Array.BYTES_PER_ELEMENT),
    ),
    stamps,
  };
}

/** The capacity rounded up to a power of two, so that counters may wrap around. */
function ringLength(capacity: number): number {
  return 2 ** Math.ceil(Math.log2(capacity));
}

/** Index in `items` at which the item that was put as number `count` (from 0, modulo 2^32) begins. */
export function itemOffset(memory: InboxMemory, count: number): number {
  return (count & (memory.items.length / deliveryDoubles - 1)) * deliveryDoubles;
}

/** Number of items put and not yet taken. */
export function inboxSize({ words }: InboxMemory): number {
  const taken = Atomics.load(words, word.taken);
  return (Atomics.load(words, word.put) - taken) | 0;
}

/** Index of the writer's bell among the control words. */
export function writerBell(memory: InboxMemory, writer: number): number {
  return word.line + memory.writers + writer;
}
