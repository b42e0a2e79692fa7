/**
 * The messages that a durable has not delivered yet: their stream sequences in ascending order. Those that pass its
 * filter are appended as they are stored, so that no scan ever meets a message of another subject.
 */
export class Backlog {
  /** A ring whose length is a power of two. */
  #ring: number[] = new Array<number>(16).fill(0);
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(sequence: number): void {
    this.#grow();
    this.#ring[(this.#head + this.#size) & (this.#ring.length - 1)] = sequence;
    this.#size++;
  }

  /** Puts back a sequence lower than any that is in. */
  unshift(sequence: number): void {
    this.#grow();
    this.#head = (this.#head - 1) & (this.#ring.length - 1);
    this.#ring[this.#head] = sequence;
    this.#size++;
  }

  /** Takes the lowest; 0 if there is none. */
  shift(): number {
    if (this.#size === 0) return 0;
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
