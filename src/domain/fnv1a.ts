/**
 * The hash by which aggregates are assigned to lanes: FNV-1a, 32 bits, over the UTF-8 bytes of a string (Fowler, Noll,
 * Vo; RFC 9923). The bus of scenarios/incident.yaml used it, modulo the number of lanes, and Go's hash/fnv New32a
 * computes it.
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
