/** Remembers of each line, numbered as it was taken, in which source and line it stood: five bytes each. */

/** Where a line stands. */
export interface LinePlace {
  readonly source: string;
  /** From 1. */
  readonly line: number;
}

const roomAtFirst = 16_384;
/** Sources that can be told apart. */
export const sourcesMax = 256;

export class LinePlaces {
  readonly #names: readonly string[];
  #sources = new Uint8Array(roomAtFirst);
  #lines = new Uint32Array(roomAtFirst);
  #count = 0;

  /** @param names of the sources, at most {@link sourcesMax} */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  /** @returns the number by which the line is known from now on, from 1 */
  add(source: number, line: number): number {
    if (this.#count === this.#lines.length) this.#grow();
    this.#sources[this.#count] = source;
    this.#lines[this.#count] = line;
    return ++this.#count;
  }

  placeOf(number: number): LinePlace {
    return { source: this.#names[this.#sources[number - 1]!]!, line: this.#lines[number - 1]! };
  }

  #grow(): void {
    const [sources, lines] = [new Uint8Array(2 * this.#count), new Uint32Array(2 * this.#count)];
    sources.set(this.#sources);
    lines.set(this.#lines);
    this.#sources = sources;
    this.#lines = lines;
  }
}
