/**
 * Writes text as bytes so that no two texts have the same bytes. UTF-8 has no bytes for half a surrogate pair, and an
 * encoder writes U+FFFD for each, so that different names would be one. Here a half has the three bytes that UTF-8 would
 * give its number (WTF-8).
 */
const encoder = new TextEncoder();

/** Half a surrogate pair without its other half. */
const loneHalf = /\p{Surrogate}/u;

export function exactBytes(text: string): Uint8Array {
  if (!loneHalf.test(text)) return encoder.encode(text);
  const bytes: number[] = [];
  for (const letter of text) putCodePoint(bytes, letter.codePointAt(0)!);
  return Uint8Array.from(bytes);
}

/** Adds the bytes of a code point, which may be half a surrogate pair. */
export function putCodePoint(bytes: number[], point: number): void {
  if (point < 0x80) bytes.push(point);
  else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
  else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
  else {
    bytes.push(
      0xf0 | (point >> 18),
      0x80 | ((point >> 12) & 0x3f),
      0x80 | ((point >> 6) & 0x3f),
      0x80 | (point & 0x3f),
    );
  }
}
