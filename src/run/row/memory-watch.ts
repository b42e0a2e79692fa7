/**
 * Measures the memory that a row took: the largest resident set size of this process, threads included, among samples
 * taken while the row runs. The system's own high-water mark would include the rows before it.
 */
const betweenMs = 20;

export class MemoryWatch {
  #peakBytes = process.memoryUsage.rss();
  #nextAtMs = performance.now() + betweenMs;

  /** Takes a sample, at most once every 20 ms. */
  look(): void {
    if (performance.now() < this.#nextAtMs) return;
    this.#peakBytes = Math.max(this.#peakBytes, process.memoryUsage.rss());
    this.#nextAtMs = performance.now() + betweenMs;
  }

  peakBytes(): number {
    return Math.max(this.#peakBytes, process.memoryUsage.rss());
  }
}
