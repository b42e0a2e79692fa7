/**
 * Finds JSON objects in bytes that come in blocks: one a line, or one over many lines. What was looked at once is not
 * looked at again. A line that begins with an object while one is open shows that the open one was cut off.
 */
const quote = 0x22;
const backslash = 0x5c;
const lineFeed = 0x0a;
const openBrace = 0x7b;
const closeBrace = 0x7d;

export interface FoundDocument {
  /** Behind its end. */
  readonly to: number;
  /** It is an object whose braces match; else a piece of something else, or of an object that was cut off. */
  readonly isWhole: boolean;
}

export class Documents {
  #depth = 0;
  #isInString = false;
  /** How much of the open object was looked at. */
  #looked = 0;

  /**
   * @param from where a document begins, which is no space; the same place again after null, wherever that is now
   * @returns null: more is needed
   */
  next(bytes: Uint8Array, from: number, to: number, isLast: boolean): FoundDocument | null {
    const found = bytes[from] === openBrace ? this.#object(bytes, from, to, isLast) : lineOf(bytes, from, to, isLast);
    if (found !== null) this.reset();
    return found;
  }

  /** What was open is forgotten. */
  reset(): void {
    this.#depth = 0;
    this.#isInString = false;
    this.#looked = 0;
  }

  #object(bytes: Uint8Array, from: number, to: number, isLast: boolean): FoundDocument | null {
    for (let at = from + this.#looked; at < to; at++) {
      const byte = bytes[at]!;
      const isLastByte = at + 1 >= to;
      if (isLastByte && !isLast && (byte === lineFeed || byte === backslash)) return this.#open(at - from);
      if (byte === lineFeed) {
        if (!isLastByte && bytes[at + 1] === openBrace) return { to: at, isWhole: false };
      } else if (this.#isInString) {
        // A line feed is no escape: the string was cut off there.
        if (byte === backslash && bytes[at + 1] !== lineFeed) at++;
        else if (byte === quote) this.#isInString = false;
      } else if (byte === quote) this.#isInString = true;
      else if (byte === openBrace) this.#depth++;
      else if (byte === closeBrace && --this.#depth === 0) return { to: at + 1, isWhole: true };
    }
    return isLast ? { to, isWhole: false } : this.#open(to - from);
  }

  #open(looked: number): null {
    this.#looked = looked;
    return null;
  }
}

function lineOf(bytes: Uint8Array, from: number, to: number, isLast: boolean): FoundDocument | null {
  const end = bytes.indexOf(lineFeed, from);
  if (end >= 0 && end < to) return { to: end, isWhole: false };
  return isLast ? { to, isWhole: false } : null;
}
