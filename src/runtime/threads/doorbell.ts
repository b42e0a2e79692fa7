/**
 * A doorbell wakes a thread that sleeps in its event loop when another thread has work for it. It is one word of shared
 * memory: 1 while the thread sleeps (Atomics.waitAsync), 0 while it is awake. Whoever has work for it publishes the
 * work first, then looks at the word, and rings only if it is 1, so a busy thread costs its neighbours one load.
 *
 * The sleeper sets the word first, then looks for work once more. Both sides' accesses are sequentially consistent, so
 * at least one of them sees the other, and no work is slept through.
 *
 * A pending waitAsync does not keep a thread alive; a worker that listens on its parent port stays alive anyway.
 */

/** Shared memory with room for bells: one 32-bit word each. */
export type BellWords = Int32Array<SharedArrayBuffer>;

const awake = 0;
const asleep = 1;

type WaitResult =
  { readonly async: false; readonly value: string } | { readonly async: true; readonly value: Promise<string> };

/** In ES2024's library, which the compiler target does not have yet; every supported Node has the function. */
const { waitAsync } = Atomics as unknown as {
  readonly waitAsync: (words: BellWords, index: number, value: number) => WaitResult;
};

/** Wakes the owner of the bell if it sleeps. What it is to find must be in shared memory already. */
export function ring(words: BellWords, index: number): void {
  if (Atomics.load(words, index) !== asleep) return;
  if (Atomics.compareExchange(words, index, asleep, awake) === asleep) Atomics.notify(words, index);
}

/** The owner's side. A bell has one owner thread, of which several tasks may wait at once. */
export class Doorbell {
  readonly #words: BellWords;
  readonly #index: number;
  #sleep: Promise<unknown> | null = null;

  constructor(words: BellWords, index: number) {
    this.#words = words;
    this.#index = index;
  }

  /**
   * Waits until `isReady()` holds. It is asked before sleeping and after every ring, and must read what the ringing
   * thread writes with Atomics.
   */
  async wait(isReady: () => boolean): Promise<void> {
    while (!isReady()) {
      const sleep = this.#lieDown();
      if (isReady()) return;
      await sleep;
    }
  }

  /** One wait in the engine, however many tasks share it. */
  #lieDown(): Promise<unknown> | null {
    if (this.#sleep !== null) return this.#sleep;
    Atomics.store(this.#words, this.#index, asleep);
    const result = waitAsync(this.#words, this.#index, asleep);
    if (!result.async) return null;
    this.#sleep = result.value.then(() => {
      this.#sleep = null;
    });
    return this.#sleep;
  }
}
