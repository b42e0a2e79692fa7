/**
 * How much memory did a row take? The largest resident set of this process (threads included) among looks that are taken
 * now and then; the system's own high-water mark would be that of the rows before, too.
 */
const betweenMs = 20;

export class MemoryWatch {
  #peakBytes = process.memoryUsage.rss();
  #nextAtMs = performance.now() + betweenMs;

  look(): void {
    if (performance.now() < this.#nextAtMs) return;
    this.#peakBytes = Math.max(this.#peakBytes, process.memoryUsage.rss());
    this.#nextAtMs = performance.now() + betweenMs;
  }

  peakBytes(): number {
    return Math.max(this.#peakBytes, process.memoryUsage.rss());
  }
}
