/**
 * Limits how often the live view is drawn: at most ten times a second, and less often where drawing would take more than
 * 1 % of the CPU time of the run, as where many rows are shown, or of a run that mostly waits. What a drawing took is the
 * lesser of its time on the wall clock and the CPU time of all threads meanwhile: neither is less than its own CPU time.
 */

const betweenMs = 100;
const shareMax = 0.01;
/** What the first drawing is taken for, whose code has not run before. */
const firstMs = 5;

export interface Clocks {
  /** Monotonic, in milliseconds. */
  readonly nowMs: () => number;
  /** CPU time of this process so far, all threads together, in milliseconds. */
  readonly cpuMs: () => number;
}

export class DrawLimit {
  readonly #clocks: Clocks;
  readonly #beganAtCpuMs: number;
  #drawnAtMs = -Infinity;
  #lastMs = firstMs;
  #spentMs = 0;
  #drawings = 0;

  constructor(clocks: Clocks) {
    this.#clocks = clocks;
    this.#beganAtCpuMs = clocks.cpuMs();
  }

  /** What all drawings took so far, in milliseconds. */
  get spentMs(): number {
    return this.#spentMs;
  }

  get drawings(): number {
    return this.#drawings;
  }

  /** Whether one more drawing like the last one keeps to the limit. */
  isDue(nowMs: number): boolean {
    if (nowMs - this.#drawnAtMs < betweenMs) return false;
    const runMs = this.#clocks.cpuMs() - this.#beganAtCpuMs;
    return this.#spentMs + this.#lastMs <= shareMax * runMs;
  }

  draw(drawing: () => void): void {
    const { nowMs, cpuMs } = this.#clocks;
    const beganMs = nowMs();
    const beganCpuMs = cpuMs();
    drawing();
    this.#drawnAtMs = beganMs;
    this.#lastMs = Math.min(cpuMs() - beganCpuMs, nowMs() - beganMs);
    this.#spentMs += this.#lastMs;
    this.#drawings += 1;
  }
}
