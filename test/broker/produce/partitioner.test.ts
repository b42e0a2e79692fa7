import fc from 'fast-check';
import kafkajs from 'kafkajs';
import type { ICustomPartitioner, PartitionMetadata } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { keyHash, partitionOf } from '../../../src/broker/produce/partitioner.js';

const { DefaultPartitioner, LegacyPartitioner } = kafkajs.Partitioners;
const never = (): number => {
  throw new Error('a keyed event is not spread');
};

/** Of 0 to 40 units of any plane, or of a few thousand; ASCII most often. */
const anyKey = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 100_000 }).map((number) => `agg-${number}`) },
  { weight: 1, arbitrary: fc.constantFrom('', 'a', '😀', '👩‍👩‍👧‍👦', '\ud800', 'ключ', '鍵', '\0') },
);
const longKey = fc.string({ unit: 'binary', minLength: 500, maxLength: 5_000 });

function metadataOf(partitionCount: number): PartitionMetadata[] {
  return Array.from({ length: partitionCount }, (_, partitionId) => {
    return { partitionErrorCode: 0, partitionId, leader: 1, replicas: [1], isr: [1] };
  });
}

/** Keys are compared many at a time: asking the test runner about each would take longer than all else. */
function agreesWith(
  createTheirs: ICustomPartitioner,
  ours: 'default' | 'legacy',
  keys: readonly string[],
  count: number,
): void {
  const theirs = createTheirs();
  const partitionMetadata = metadataOf(count);
  const partitions = keys.map((key) => partitionOf(key, count, ours, never));
  expect(partitions).toEqual(
    keys.map((key) => theirs({ topic: 't', partitionMetadata, message: { key, value: null } })),
  );
}

describe('partitionOf', () => {
  for (const [ours, theirs] of [
    ['default', DefaultPartitioner],
    ['legacy', LegacyPartitioner],
  ] as const) {
    it(`agrees with the client's own ${ours} partitioner on 100,000 keys`, { timeout: 60_000 }, () => {
      const keys = fc.array(anyKey, { minLength: 500, maxLength: 500 });
      const property = fc.property(keys, fc.integer({ min: 1, max: 64 }), (many, count) =>
        agreesWith(theirs, ours, many, count),
      );
      fc.assert(property, { numRuns: 200 });
    });

    it(`agrees with the client's own ${ours} partitioner on long keys`, { timeout: 60_000 }, () => {
      fc.assert(
        fc.property(longKey, fc.constantFrom(3, 4_093), (key, count) => agreesWith(theirs, ours, [key], count)),
        { numRuns: 20 },
      );
    });
  }

  it("has the hashes of Java's Utils.murmur2, its sign bit cleared", () => {
    // From UtilsTest.testMurmur2 of Apache Kafka.
    const vectors: Record<string, number> = {
      '21': -973932308,
      foobar: -790332482,
      'a-little-bit-long-string': -985981536,
      'a-little-bit-longer-string': -1486304829,
      lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58897971,
      abc: 479470107,
    };
    for (const [key, hash] of Object.entries(vectors)) expect(keyHash(key, 'default')).toBe(hash & 0x7fffffff);
  });

  it('negates a negative FNV-1a hash, as Sarama does', () => {
    // FNV-1a of "a" is 0xe40c292c, which is negative as a signed integer: -468965076.
    expect(partitionOf('a', 10, 'fnv1a', never)).toBe(6);
    // FNV-1a of "foobar" is 0xbf9cf968: -1080231576.
    expect(partitionOf('foobar', 7, 'fnv1a', never)).toBe(1080231576 % 7);
  });

  it('keeps every partitioner within the partitions', () => {
    fc.assert(
      fc.property(
        anyKey,
        fc.integer({ min: 1, max: 1_000 }),
        fc.constantFrom('default' as const, 'legacy' as const, 'fnv1a' as const),
        (key, count, partitioner) => {
          const partition = partitionOf(key, count, partitioner, never);
          expect(Number.isInteger(partition) && partition >= 0 && partition < count).toBe(true);
        },
      ),
    );
  });

  it('spreads events without a key by the numbers that it is given', () => {
    let turn = 0;
    const partitions = Array.from({ length: 5 }, () => partitionOf(null, 3, 'default', () => turn++));
    expect(partitions).toEqual([0, 1, 2, 0, 1]);
  });
});
