/**
 * A map whose entries expire, so that its memory is bounded. It has two generations. A value is put into the young one;
 * every `spanStamps` stamps the old one is dropped and the young one becomes old. A value is therefore kept for at
 * least one span and less than two, and dropping costs nothing per value.
 */
const nothing: readonly never[] = [];

export class Generations<Value> {
  readonly #spanStamps: number;
  #young = new Map<number, Value>();
  #old = new Map<number, Value>();
  #turnAt: number;

  constructor(spanStamps: number) {
    this.#spanStamps = spanStamps;
    this.#turnAt = spanStamps;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  set(key: number, value: Value): void {
    this.#young.set(key, value);
  }

  get(key: number): Value | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  /** Removes a value and returns it. */
  take(key: number): Value | undefined {
    for (const generation of [this.#young, this.#old]) {
      const value = generation.get(key);
      if (value === undefined) continue;
      generation.delete(key);
      return value;
    }
    return undefined;
  }

  /** Moves on to a stamp. @returns the values dropped, oldest first */
  reach(stamp: number): readonly Value[] {
    if (stamp < this.#turnAt) return nothing;
    const gone = [...this.#old.values()];
    this.#old = this.#young;
    this.#young = new Map();
    this.#turnAt = stamp + this.#spanStamps;
    return gone;
  }

  /** Removes all values. @returns the values, oldest first */
  clear(): Value[] {
    const all = [...this.#old.values(), ...this.#young.values()];
    this.#old = new Map();
    this.#young = new Map();
    return all;
  }
}
