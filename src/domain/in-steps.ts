/**
 * Takes long work in steps. Work is written as a generator that yields where it may be put aside. A caller takes all
 * steps at once, or lets signals of the operating system, timers and the progress display through between them.
 */
export function allAtOnce<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** Lets a macrotask through between two steps. */
export async function inSteps<Result>(work: Generator<void, Result>): Promise<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await letThrough();
  }
}

/** Lets a macrotask through. */
export async function letThrough(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
