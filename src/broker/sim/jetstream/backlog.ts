/**
 * Keeps the messages that a durable has not delivered yet, as stream sequences in ascending order. A message that
 * passes its filter is appended when it is stored, so no scan ever meets a message of another subject. Messages that
 * lie below the durable's start are counted until the end of the stream is reached, as the server does, though they are
 * never delivered.
 */
export class Backlog {
  /** A ring whose length is a power of two. */
  #ring: number[] = new Array<number>(16).fill(0);
  #head = 0;
  #size = 0;
  #belowStart = 0;

  get size(): number {
    return this.#size;
  }

  /** Messages not delivered yet, as the server counts them. */
  get pending(): number {
    return this.#size + this.#belowStart;
  }

  /** Appends a message, unless it lies below the start. @returns whether it is to be delivered */
  take(sequence: number, start: number): boolean {
    if (sequence >= start) this.push(sequence);
    else this.#belowStart++;
    return sequence >= start;
  }

  /** No more can be pending than there are from where the scan goes on, so the server counts no more. */
  boundPending(most: number): void {
    this.#belowStart = Math.max(0, Math.min(this.pending, most) - this.#size);
  }

  push(sequence: number): void {
    this.#grow();
    this.#ring[(this.#head + this.#size) & (this.#ring.length - 1)] = sequence;
    this.#size++;
  }

  /** Puts back a sequence, which must be lower than all others. */
  unshift(sequence: number): void {
    this.#grow();
    this.#head = (this.#head - 1) & (this.#ring.length - 1);
    this.#ring[this.#head] = sequence;
    this.#size++;
  }

  /** Takes the lowest sequence; 0 if there is none. */
  shift(): number {
    if (this.#size === 0) {
      this.#belowStart = 0;
      return 0;
    }
    const sequence = this.#ring[this.#head]!;
    this.#head = (this.#head + 1) & (this.#ring.length - 1);
    this.#size--;
    return sequence;
  }

  #grow(): void {
    if (this.#size < this.#ring.length) return;
    const grown = new Array<number>(this.#ring.length * 2).fill(0);
    for (let i = 0; i < this.#size; i++) grown[i] = this.#ring[(this.#head + i) & (this.#ring.length - 1)]!;
    this.#ring = grown;
    this.#head = 0;
  }
}
