/**
 * A doorbell wakes a thread that sleeps in its event loop when another thread has work for it. It is one word of shared
 * memory: 1 while the thread sleeps (Atomics.waitAsync), 0 while it is awake. A thread that has work for it publishes
 * the work first, then reads the word, and rings only if it is 1, so a busy thread costs the others one load.
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

/** Atomics.waitAsync is in every supported Node, but not in the library of the compiler's target (before ES2024). */
const { waitAsync } = Atomics as unknown as {
  readonly waitAsync: (words: BellWords, index: number, value: number) => WaitResult;
};

/** Wakes the owner of the bell if it sleeps. The work that it wakes for must be in shared memory already. */
export function ring(words: BellWords, index: number): void {
  if (Atomics.load(words, index) !== asleep) return;
  if (Atomics.compareExchange(words, index, asleep, awake) === asleep) Atomics.notify(words, index);
}

/** The owner's side of a bell. A bell has one owner thread; several tasks of that thread may wait at once. */
export class Doorbell {
  readonly #words: BellWords;
  readonly #index: number;
  #sleep: Promise<unknown> | null = null;

  constructor(words: BellWords, index: number) {
    this.#words = words;
    this.#index = index;
  }

  /**
   * Waits until `isReady()` holds. It is called before sleeping and after every ring, and must use Atomics to read what
   * the ringing thread writes.
   */
  async wait(isReady: () => boolean): Promise<void> {
    while (!isReady()) {
      const sleep = this.#lieDown();
      if (isReady()) return;
      await sleep;
    }
  }

  /** Starts one waitAsync, which all waiting tasks share. null: the bell was rung before it began. */
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
