/**
 * The next durable that has something to do, and when: a binary heap with one entry a durable, whose time can be moved
 * either way. Durables due at the same time come in the order of their index.
 */
export class DurableTimers {
  readonly #atMs: number[] = [];
  readonly #heap: number[] = [];
  readonly #placeOf: number[] = [];

  /** Adds a durable that has nothing to do yet; its index is the number of durables before it. */
  add(): number {
    const index = this.#atMs.length;
    this.#atMs.push(Infinity);
    this.#placeOf.push(index);
    this.#heap.push(index);
    return index;
  }

  /** When the first durable has something to do; Infinity if none has. */
  get earliestMs(): number {
    return this.#heap.length === 0 ? Infinity : this.#atMs[this.#heap[0]!]!;
  }

  /** Index of that durable. */
  get earliest(): number {
    return this.#heap[0]!;
  }

  set(index: number, atMs: number): void {
    const beforeMs = this.#atMs[index]!;
    if (beforeMs === atMs) return;
    this.#atMs[index] = atMs;
    if (atMs < beforeMs) this.#siftUp(this.#placeOf[index]!);
    else this.#siftDown(this.#placeOf[index]!);
  }

  #siftUp(from: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#comesFirst(child, parent)) return;
      this.#swap(parent, child);
      child = parent;
    }
  }

  #siftDown(from: number): void {
    let parent = from;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= this.#heap.length) return;
      if (child + 1 < this.#heap.length && this.#comesFirst(child + 1, child)) child++;
      if (!this.#comesFirst(child, parent)) return;
      this.#swap(parent, child);
      parent = child;
    }
  }

  #comesFirst(place: number, other: number): boolean {
    const a = this.#heap[place]!;
    const b = this.#heap[other]!;
    const aMs = this.#atMs[a]!;
    const bMs = this.#atMs[b]!;
    return aMs < bMs || (aMs === bMs && a < b);
  }

  #swap(i: number, j: number): void {
    const a = this.#heap[i]!;
    const b = this.#heap[j]!;
    this.#heap[i] = b;
    this.#heap[j] = a;
    this.#placeOf[b] = i;
    this.#placeOf[a] = j;
  }
}
