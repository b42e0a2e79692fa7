/**
 * A first-in-first-out queue of the messages to be delivered again. It holds a stream sequence at most once, and an ack
 * takes a sequence out of its middle.
 */
export class RedeliveryQueue {
  /** Sequences in order; 0 marks a place that was taken out. */
  #items: number[] = [];
  #head = 0;
  readonly #placeOf = new Map<number, number>();

  get size(): number {
    return this.#placeOf.size;
  }

  has(sequence: number): boolean {
    return this.#placeOf.has(sequence);
  }

  /** Appends a sequence, unless the queue holds it already. */
  append(sequence: number): void {
    if (this.#placeOf.has(sequence)) return;
    this.#placeOf.set(sequence, this.#items.length);
    this.#items.push(sequence);
  }

  remove(sequence: number): void {
    const place = this.#placeOf.get(sequence);
    if (place === undefined) return;
    this.#items[place] = 0;
    this.#placeOf.delete(sequence);
    this.#tidy();
  }

  /** Takes the first; 0 if there is none. */
  shift(): number {
    while (this.#head < this.#items.length) {
      const sequence = this.#items[this.#head++]!;
      if (sequence === 0) continue;
      this.#placeOf.delete(sequence);
      this.#tidy();
      return sequence;
    }
    return 0;
  }

  /** Drops the places before the head once nothing is left, or once they are most of the array. */
  #tidy(): void {
    if (this.#placeOf.size === 0) {
      this.#items = [];
      this.#head = 0;
    } else if (this.#items.length > 64 && this.#items.length > 4 * this.#placeOf.size) {
      this.#items = this.#items.slice(this.#head).filter((sequence) => sequence !== 0);
      this.#head = 0;
      for (const [place, sequence] of this.#items.entries()) this.#placeOf.set(sequence, place);
    }
  }
}
