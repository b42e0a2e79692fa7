/**
 * The clock that all threads of a run share: milliseconds of the operating system's monotonic clock since an origin
 * that the main thread takes once and hands to every worker.
 */
import type { Clock } from '../ports.js';

export class ThreadClock implements Clock {
  readonly #originNs: bigint;

  /** @param originNs a value of {@link ThreadClock.origin}, taken once for the run */
  constructor(originNs: bigint) {
    this.#originNs = originNs;
  }

  /** The present moment, in nanoseconds of a clock that all threads of the process share. */
  static origin(): bigint {
    return process.hrtime.bigint();
  }

  nowMs(): number {
    return Number(process.hrtime.bigint() - this.#originNs) / 1e6;
  }

  /** Waits at least `ms` milliseconds, by several timers if need be: a timer sometimes fires a little early. */
  async sleep(ms: number): Promise<void> {
    if (!(ms > 0)) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      return;
    }
    const dueMs = this.nowMs() + ms;
    for (let leftMs = ms; leftMs > 0; leftMs = dueMs - this.nowMs()) {
      await new Promise<void>((resolve) => setTimeout(resolve, Math.ceil(leftMs)));
    }
  }
}
