/**
 * Keeps the timers of the virtual world, earliest first: a binary heap ordered by time, then by tie. The caller draws
 * the tie from a seeded generator, so timers for one moment come in a seeded order, not in the order of insertion.
 *
 * Entries lie in parallel arrays. A heap of objects allocates one for every wait of a run and compares them through a
 * function, which makes the simulator 5 to 10 % slower (`tinyqueue`, measured with `benchmarks/simulator.mjs`).
 */
export type Callback = () => void;

export class TimerHeap {
  readonly #times: number[] = [];
  readonly #ties: number[] = [];
  readonly #callbacks: Callback[] = [];
  readonly #resumes: boolean[] = [];

  get size(): number {
    return this.#times.length;
  }

  /** Time of the earliest entry, in milliseconds; Infinity if there is none. */
  get nextMs(): number {
    return this.#times[0] ?? Infinity;
  }

  /** Whether the earliest entry resumes a waiting task; false for a plain callback. */
  get nextResumes(): boolean {
    return this.#resumes[0] ?? false;
  }

  push(timeMs: number, tie: number, callback: Callback, resumes: boolean): void {
    let hole = this.#times.length;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.#isBefore(timeMs, tie, parent)) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#place(hole, timeMs, tie, callback, resumes);
  }

  /** Takes the earliest entry off. @throws {RangeError} if there is none */
  pop(): Callback {
    if (this.#times.length === 0) throw new RangeError('no timer is set');
    const first = this.#callbacks[0]!;
    const timeMs = this.#times.pop()!;
    const tie = this.#ties.pop()!;
    const callback = this.#callbacks.pop()!;
    const resumes = this.#resumes.pop()!;
    if (this.#times.length > 0) this.#sink(timeMs, tie, callback, resumes);
    return first;
  }

  /** Puts the given entry, the last of the arrays, in at the root and moves it down to its place. */
  #sink(timeMs: number, tie: number, callback: Callback, resumes: boolean): void {
    const length = this.#times.length;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= length) break;
      if (child + 1 < length && this.#isBefore(this.#times[child + 1]!, this.#ties[child + 1]!, child)) child++;
      if (this.#isBefore(timeMs, tie, child)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#place(hole, timeMs, tie, callback, resumes);
  }

  #isBefore(timeMs: number, tie: number, other: number): boolean {
    const otherMs = this.#times[other]!;
    return timeMs < otherMs || (timeMs === otherMs && tie < this.#ties[other]!);
  }

  #move(from: number, to: number): void {
    this.#place(to, this.#times[from]!, this.#ties[from]!, this.#callbacks[from]!, this.#resumes[from]!);
  }

  #place(at: number, timeMs: number, tie: number, callback: Callback, resumes: boolean): void {
    this.#times[at] = timeMs;
    this.#ties[at] = tie;
    this.#callbacks[at] = callback;
    this.#resumes[at] = resumes;
  }
}
