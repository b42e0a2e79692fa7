/** The logical clock of a run in one thread: a plain counter. */
import type { StampSource } from '../ports.js';

export class VirtualStamps implements StampSource {
  #last = 0;

  next(): number {
    this.#last++;
    return this.#last;
  }
}
