/**
 * The logical clock of a run over many threads: one 64-bit counter in shared memory. A stamp is taken by an atomic add,
 * so every value from 1 up is handed out exactly once, and a stamp taken later, by whichever thread, is higher. Every
 * thread has its own {@link SharedStamps} over the same counter.
 */
import type { StampSource } from '../ports.js';

/** The counter: plain shared memory, which a worker can be handed as it is. */
export type StampCounter = BigInt64Array<SharedArrayBuffer>;

export function createStampCounter(): StampCounter {
  return new BigInt64Array(new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT));
}

export class SharedStamps implements StampSource {
  readonly #counter: StampCounter;

  constructor(counter: StampCounter) {
    this.#counter = counter;
  }

  /** The last stamp handed out; 0 if none was. */
  get last(): number {
    return Number(Atomics.load(this.#counter, 0));
  }

  /** The next stamp. Exact up to 2^53, which takes 28 years at ten million stamps a second. */
  next(): number {
    return Number(Atomics.add(this.#counter, 0, 1n)) + 1;
  }
}
