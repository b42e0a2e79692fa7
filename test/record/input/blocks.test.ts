/** Blocks put together are the bytes of their source, whatever is left over of each, with the next one asked for or not. */
import { describe, expect, it } from 'vitest';
import { Blocks } from '../../../src/record/input/blocks.js';
import type { ByteSource } from '../../../src/record/input/byte-source.js';
import { SeededPrng } from '../../../src/runtime/seeded-prng.js';

const content = Buffer.from(Uint8Array.from({ length: 9_000_000 }, (_, at) => (at * 31 + (at >> 9)) & 255));

function sourceOf(isPatient: boolean, prng: SeededPrng): ByteSource {
  let at = 0;
  return {
    isPatient,
    readInto: (buffer, from) => {
      const copied = content.copy(buffer, from, at, Math.min(content.length, at + 1 + prng.below(2_000_000)));
      at += copied;
      return Promise.resolve(copied);
    },
  };
}

describe.each([true, false])('blocks of a source whose bytes may be asked for early: %s', (isPatient) => {
  it.each([1, 2, 3, 4, 5, 6])('have all of its bytes in order (seed %i)', async (seed) => {
    const prng = new SeededPrng(seed, 'blocks');
    const blocks = new Blocks(sourceOf(isPatient, prng));
    const taken: Buffer[] = [];
    let length = 0;
    for (;;) {
      const { buffer, from, to, more } = await blocks.next();
      expect(buffer.subarray(from, to).equals(content.subarray(length, length + to - from))).toBe(true);
      // Now and then nothing is taken, as of a line that is longer than several blocks.
      const used = more === 0 ? to - from : prng.float() < 0.6 ? 0 : prng.below(to - from + 1);
      taken.push(Buffer.from(buffer.subarray(from, from + used)));
      length += used;
      blocks.keep(from + used);
      if (more === 0) break;
    }
    expect(Buffer.concat(taken).equals(content)).toBe(true);
  });
});
