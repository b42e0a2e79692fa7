/**
 * A mutex in one word of shared memory, after Drepper's "Futexes Are Tricky" (mutex 2): 0 free, 1 held, 2 held and
 * waited for. A thread that finds it held spins a little, since the sections under it take a few hundred nanoseconds,
 * then blocks, with a time-out, until the holder lets go. Never hold it across an await.
 */
import { InternalError } from '../../domain/errors.js';

type LockWords = Int32Array<SharedArrayBuffer>;

const free = 0;
const held = 1;
const contended = 2;

const spinsMax = 100;
const waitMs = 10;
/** A lock that is held for ten seconds belongs to a thread that has died while it held it. */
const waitsMax = 1_000;

/** @throws {InternalError} if the holder does not let go within ten seconds */
export function lock(words: LockWords, index: number): void {
  for (let spin = 0; spin < spinsMax; spin++) {
    if (Atomics.compareExchange(words, index, free, held) === free) return;
  }
  for (let wait = 0; wait < waitsMax; wait++) {
    if (Atomics.exchange(words, index, contended) === free) return;
    Atomics.wait(words, index, contended, waitMs);
  }
  throw new InternalError('a lock between threads was not released');
}

export function unlock(words: LockWords, index: number): void {
  if (Atomics.exchange(words, index, free) === contended) Atomics.notify(words, index, 1);
}
