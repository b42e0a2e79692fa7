/**
 * Hashes a key: murmur2 with Kafka's seed over the UTF-8 bytes of the key, as Java's client and kafkajs 2 compute it
 * (`Utils.murmur2`, Kafka 0.10.2 and later), and as kafkajs 1 computed it. kafkajs 1 multiplied in floating point and
 * ran one round too many where the length is no multiple of four, so it hashes keys differently: moving from kafkajs 1
 * to 2 moves keys to other partitions.
 */
const seed = 0x9747b28c;
const multiplier = 0x5bd1e995;
const rotation = 24;

/** @returns a signed 32-bit integer */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  const tail = length & ~3;
  let h = seed ^ length;
  for (let at = 0; at < tail; at += 4) {
    let k = Math.imul(wordAt(bytes, at), multiplier);
    k = Math.imul(k ^ (k >>> rotation), multiplier);
    h = Math.imul(h, multiplier) ^ k;
  }
  if (tail < length) h = Math.imul(h ^ tailOf(bytes, tail), multiplier);
  h = Math.imul(h ^ (h >>> 13), multiplier);
  return h ^ (h >>> 15);
}

/** The hash of kafkajs 1, whose products lose their low bits above 2^53. @returns a signed 32-bit integer */
export function legacyMurmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  let h = seed ^ length;
  for (let at = 0; at < length; at += 4) {
    let k = wordAt(bytes, at) * multiplier;
    k ^= k >>> rotation;
    k *= multiplier;
    h *= multiplier;
    h ^= k;
  }
  const tail = length & ~3;
  if (tail < length) {
    h ^= tailOf(bytes, tail);
    h *= multiplier;
  }
  h ^= h >>> 13;
  h *= multiplier;
  h ^= h >>> 15;
  return h;
}

/** Four bytes from `at`, the lowest first, as a signed sum; bytes behind the end count as 0. */
function wordAt(bytes: Uint8Array, at: number): number {
  return (
    byteAt(bytes, at) + (byteAt(bytes, at + 1) << 8) + (byteAt(bytes, at + 2) << 16) + (byteAt(bytes, at + 3) << 24)
  );
}

/** The one to three bytes from `at` to the end. */
function tailOf(bytes: Uint8Array, at: number): number {
  return byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8) | (byteAt(bytes, at + 2) << 16);
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}
