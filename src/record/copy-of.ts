/**
 * Copies bytes that are kept beyond their block. A block is a Buffer, and `slice` of a Buffer copies nothing: what it
 * returns would change with the block.
 */
export function copyOf(bytes: Uint8Array, from: number, to: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.subarray(from, to));
}
