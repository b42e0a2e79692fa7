/**
 * Builds lines as bytes, about a million a second, in one buffer that is used again and again. Key names become bytes
 * once, digits are written in place. Strings would be built from twenty pieces each and thrown away, which takes three
 * times as long, most of it in the garbage collector.
 */

/** Bytes of a text, made once and written often. */
export type Piece = Uint8Array;

export function piece(text: string): Piece {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

/** The key of a field that is not the first one of its object: `,"name":` */
export function key(name: string): Piece {
  return piece(`,${JSON.stringify(name)}:`);
}

const minus = 0x2d;
const zero = 0x30;
/** Characters of the longest safe integer, with its sign. */
const longestInteger = 17;
/** Numbers below this are divided as 32-bit integers. */
const billion = 1_000_000_000;

const nullPiece = piece('null');

export class LineBuffer {
  #bytes: Buffer;
  #length = 0;

  /** @param sizeBytes where it begins; it grows if a line needs it */
  constructor(sizeBytes: number) {
    this.#bytes = Buffer.allocUnsafe(sizeBytes);
  }

  get length(): number {
    return this.#length;
  }

  /** What was written since the last {@link clear}: a view, valid until the next write. */
  written(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  add(text: Piece): void {
    const { length } = text;
    if (this.#length + length > this.#bytes.length) this.#grow(length);
    this.#bytes.set(text, this.#length);
    this.#length += length;
  }

  addText(text: string): void {
    const bytes = Buffer.byteLength(text, 'utf8');
    if (this.#length + bytes > this.#bytes.length) this.#grow(bytes);
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
  }

  /** An integer in decimal digits; `null` for anything that is no safe integer. */
  addInteger(value: number): void {
    if (!Number.isSafeInteger(value)) {
      this.add(nullPiece);
      return;
    }
    if (this.#length + longestInteger > this.#bytes.length) this.#grow(longestInteger);
    if (value < 0) this.#bytes[this.#length++] = minus;
    const magnitude = Math.abs(value);
    if (magnitude < billion) {
      this.#digits(magnitude, digitsOf(magnitude));
      return;
    }
    const high = Math.floor(magnitude / billion);
    this.#digits(high, digitsOf(high));
    this.#digits(magnitude - high * billion, 9);
  }

  /** A key made by {@link key} and its integer. */
  addField(name: Piece, value: number): void {
    this.add(name);
    this.addInteger(value);
  }

  /** @param value below a billion */
  #digits(value: number, count: number): void {
    const bytes = this.#bytes;
    const start = this.#length;
    let rest = value;
    for (let at = start + count - 1; at >= start; at--) {
      const tenth = (rest / 10) | 0;
      bytes[at] = zero + rest - tenth * 10;
      rest = tenth;
    }
    this.#length = start + count;
  }

  #grow(more: number): void {
    const grown = Buffer.allocUnsafe(2 * (this.#bytes.length + more));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}

/** @param value from 0, below a billion */
function digitsOf(value: number): number {
  let digits = 1;
  for (let limit = 10; value >= limit; limit *= 10) digits++;
  return digits;
}
