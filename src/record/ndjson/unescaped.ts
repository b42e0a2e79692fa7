/**
 * Writes out the escapes of a JSON string, from bytes to bytes. What is no UTF-8 stays as it is, so that different names
 * remain different.
 */
import { putCodePoint } from '../exact-bytes.js';

const backslash = 0x5c;
const letterU = 0x75;
const simple: Readonly<Record<string, number>> = { b: 0x08, f: 0x0c, n: 0x0a, r: 0x0d, t: 0x09 };

/** @param from,to the string without its quotes, whose escapes are known to be whole */
export function unescaped(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const out: number[] = [];
  for (let at = from; at < to;) {
    const byte = bytes[at]!;
    if (byte !== backslash) {
      out.push(byte);
      at++;
    } else if (bytes[at + 1] !== letterU) {
      const letter = bytes[at + 1]!;
      out.push(simple[String.fromCharCode(letter)] ?? letter);
      at += 2;
    } else {
      const first = unitAt(bytes, at);
      const second = isHighHalf(first) && at + 12 <= to && isUnit(bytes, at + 6) ? unitAt(bytes, at + 6) : 0;
      const isPair = second >= 0xdc00 && second <= 0xdfff;
      putCodePoint(out, isPair ? 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00) : first);
      at += isPair ? 12 : 6;
    }
  }
  return Uint8Array.from(out);
}

function isHighHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isUnit(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === backslash && bytes[at + 1] === letterU;
}

/** The number of the four digits of an escape that begins at `at`. */
function unitAt(bytes: Uint8Array, at: number): number {
  return Number.parseInt(String.fromCharCode(...bytes.subarray(at + 2, at + 6)), 16);
}
