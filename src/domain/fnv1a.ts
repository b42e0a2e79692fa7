/**
 * Which lane does an aggregate belong to? FNV-1a, 32 bits, over the UTF-8 bytes of its id (Fowler, Noll, Vo;
 * RFC 9923), modulo the number of lanes: what the incident's bus used, and what Go's hash/fnv New32a computes.
 */
const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;
const encoder = new TextEncoder();

/** @returns an unsigned 32-bit integer */
export function fnv1a32(text: string): number {
  let hash = offsetBasis;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, prime);
  return hash >>> 0;
}
