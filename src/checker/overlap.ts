/**
 * Which attempts of one aggregate run at the same time? An *overlap* is a pair of attempts of different events whose
 * handler intervals intersect; it is counted when the later of the two starts. Attempts of the same event are no
 * overlap: they make a duplicate `concurrent`.
 */
export class RunningAttempts {
  #overlaps = 0;
  #count = 0;
  /** The version that runs while only one attempt does. */
  #only = 0;
  /** The versions that run while several attempts do, as many times as there are attempts. */
  #several: number[] | null = null;

  get overlaps(): number {
    return this.#overlaps;
  }

  has(version: number): boolean {
    if (this.#count < 2) return this.#count === 1 && this.#only === version;
    return this.#several!.includes(version);
  }

  start(version: number): void {
    if (this.#count++ === 0) {
      this.#only = version;
      return;
    }
    this.#several ??= [];
    if (this.#count === 2) this.#several[0] = this.#only;
    for (const other of this.#several) if (other !== version) this.#overlaps++;
    this.#several.push(version);
  }

  finish(version: number): void {
    if (this.#count < 2) {
      if (this.has(version)) this.#count = 0;
      return;
    }
    const running = this.#several!;
    const index = running.indexOf(version);
    if (index < 0) return;
    running[index] = running[running.length - 1]!;
    running.pop();
    this.#count--;
    if (this.#count === 1) this.#only = running.pop()!;
  }
}
