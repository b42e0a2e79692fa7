/** Numbers the lines of all sources in one go, so that a line's number is its stamp, and gives the line back. */
export class LineStamps {
  /** By source: the stamp before its first line. */
  readonly #begins: number[] = [];
  #last = 0;

  /** The lines that follow are of the next source. */
  begin(): void {
    this.#begins.push(this.#last);
  }

  /** @param line in its source, from 1 */
  stampOf(line: number): number {
    this.#last = (this.#begins.at(-1) ?? 0) + line;
    return this.#last;
  }

  /** The line in its source; null for a stamp of 0. */
  lineOf(stamp: number): number | null {
    if (stamp === 0) return null;
    return stamp - (this.#begins.findLast((begin) => begin < stamp) ?? 0);
  }
}
