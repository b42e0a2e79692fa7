/**
 * Takes long work in steps. Work is written as a generator that yields where it may be put aside; between two steps
 * signals of the operating system, timers and the progress display get through.
 */
export async function inSteps<Result>(work: Generator<void, Result>): Promise<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
