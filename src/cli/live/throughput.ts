/**
 * Keeps how many events a row handled over its own time, in at most 120 buckets of 100 ms: when the row outgrows them,
 * each two become one of twice the length. What was handled between two messages is spread evenly over that time.
 */

const bucketsMax = 120;
const finestMs = 100;

export class Throughput {
  readonly #handled = new Float64Array(bucketsMax);
  #bucketMs = finestMs;
  #totalMs = 0;

  /** Adds what was handled in the next so many milliseconds of the row's time. */
  add(handled: number, ms: number): void {
    const endMs = this.#totalMs + ms;
    while (endMs > this.#bucketMs * bucketsMax) this.#coarsen();
    let fromMs = this.#totalMs;
    for (let bucket = this.#bucketAt(fromMs); ms > 0 && fromMs < endMs; bucket++) {
      const toMs = Math.min(endMs, (bucket + 1) * this.#bucketMs);
      this.#handled[bucket]! += (handled * (toMs - fromMs)) / ms;
      fromMs = toMs;
    }
    if (ms <= 0) this.#handled[this.#bucketAt(endMs)]! += handled;
    this.#totalMs = endMs;
  }

  /** Events a second in each bucket so far. The last one is left out until half of its time has gone. */
  perSecond(): readonly number[] {
    const used = Math.ceil(this.#totalMs / this.#bucketMs);
    const lastMs = this.#totalMs - (used - 1) * this.#bucketMs;
    const shown = used > 1 && lastMs < this.#bucketMs / 2 ? used - 1 : used;
    return Array.from(this.#handled.subarray(0, shown), (handled, bucket) => {
      const ms = bucket === used - 1 ? lastMs : this.#bucketMs;
      return (handled * 1000) / ms;
    });
  }

  #bucketAt(ms: number): number {
    return Math.min(bucketsMax - 1, Math.floor(ms / this.#bucketMs));
  }

  #coarsen(): void {
    const counts = this.#handled;
    for (let i = 0; i < bucketsMax; i++) counts[i] = (counts[2 * i] ?? 0) + (counts[2 * i + 1] ?? 0);
    this.#bucketMs *= 2;
  }
}
