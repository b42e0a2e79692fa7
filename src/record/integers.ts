/**
 * Reads integers from bytes. Those of up to 15 digits are plain numbers; longer ones, up to 2^63 - 1, are exact as a
 * bigint.
 */
const zero = 0x30;
const minus = 0x2d;
const plainDigits = 15;
const longest = 2n ** 63n - 1n;

/** Not an integer, or one beyond 64 bits. */
export const noInteger = null;

/** @returns the integer; {@link noInteger} if the bytes are none */
export function readInteger(bytes: Uint8Array, from: number, to: number): number | bigint | null {
  const negative = from < to && bytes[from] === minus;
  const first = negative ? from + 1 : from;
  if (to - first > plainDigits) return readLong(bytes, from, to);
  if (first >= to) return noInteger;
  let value = 0;
  for (let at = first; at < to; at++) {
    const digit = bytes[at]! - zero;
    if (digit < 0 || digit > 9) return noInteger;
    value = value * 10 + digit;
  }
  return negative ? -value : value;
}

function readLong(bytes: Uint8Array, from: number, to: number): number | bigint | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
  if (!/^-?\d{1,40}$/.test(text)) return noInteger;
  const value = BigInt(text);
  if (value > longest || value < -longest) return noInteger;
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : value;
}
