/**
 * The unacknowledged messages by when they are due: a binary heap of (deadline, stream sequence) that is cleaned
 * lazily. An ack leaves its entry behind, and an entry counts only while `deadlineOf` still says the same deadline.
 * Deadlines mostly come in ascending order, so adding one costs next to nothing.
 */
export class AckDeadlines {
  #deadlinesMs: number[] = [];
  #sequences: number[] = [];
  /** The deadline that holds for a sequence now; undefined once it is settled. */
  readonly #deadlineOf: (sequence: number) => number | undefined;

  constructor(deadlineOf: (sequence: number) => number | undefined) {
    this.#deadlineOf = deadlineOf;
  }

  /** @param live how many messages have a deadline at all; entries beyond twice that are swept out */
  add(deadlineMs: number, sequence: number, live: number): void {
    if (this.#sequences.length > 2 * live + 64) this.#sweep();
    this.#deadlinesMs.push(deadlineMs);
    this.#sequences.push(sequence);
    this.#siftUp(this.#sequences.length - 1);
  }

  /** The earliest deadline that holds; Infinity if there is none. */
  earliestMs(): number {
    while (this.#sequences.length > 0) {
      const deadlineMs = this.#deadlinesMs[0]!;
      if (this.#deadlineOf(this.#sequences[0]!) === deadlineMs) return deadlineMs;
      this.#dropFirst();
    }
    return Infinity;
  }

  /** Takes out every sequence whose deadline is `nowMs` or earlier, in ascending order of sequence. */
  takeDue(nowMs: number): number[] {
    const due = new Set<number>();
    while (this.earliestMs() <= nowMs) {
      due.add(this.#sequences[0]!);
      this.#dropFirst();
    }
    return [...due].sort((a, b) => a - b);
  }

  #sweep(): void {
    const deadlinesMs = this.#deadlinesMs;
    const sequences = this.#sequences;
    this.#deadlinesMs = [];
    this.#sequences = [];
    for (const [i, sequence] of sequences.entries()) {
      if (this.#deadlineOf(sequence) !== deadlinesMs[i]) continue;
      this.#deadlinesMs.push(deadlinesMs[i]!);
      this.#sequences.push(sequence);
      this.#siftUp(this.#sequences.length - 1);
    }
  }

  #dropFirst(): void {
    const lastDeadlineMs = this.#deadlinesMs.pop()!;
    const lastSequence = this.#sequences.pop()!;
    if (this.#sequences.length === 0) return;
    this.#deadlinesMs[0] = lastDeadlineMs;
    this.#sequences[0] = lastSequence;
    this.#siftDown();
  }

  #siftUp(from: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (this.#deadlinesMs[parent]! <= this.#deadlinesMs[child]!) return;
      this.#swap(parent, child);
      child = parent;
    }
  }

  #siftDown(): void {
    const size = this.#sequences.length;
    let parent = 0;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= size) return;
      if (child + 1 < size && this.#deadlinesMs[child + 1]! < this.#deadlinesMs[child]!) child++;
      if (this.#deadlinesMs[parent]! <= this.#deadlinesMs[child]!) return;
      this.#swap(parent, child);
      parent = child;
    }
  }

  #swap(i: number, j: number): void {
    const deadlineMs = this.#deadlinesMs[i]!;
    this.#deadlinesMs[i] = this.#deadlinesMs[j]!;
    this.#deadlinesMs[j] = deadlineMs;
    const sequence = this.#sequences[i]!;
    this.#sequences[i] = this.#sequences[j]!;
    this.#sequences[j] = sequence;
  }
}
