/**
 * What scripts cannot reach: a produce request whose answer was lost is sent again as it was, and the broker knows it by
 * its producer's id and sequence.
 */
import { describe, expect, it } from 'vitest';
import { PartitionLog } from '../../../../src/broker/sim/kafka/partition-log.js';

const stamp = (firstSequence: number, producerId = 1) => ({ producerId, firstSequence });

describe('a partition log', () => {
  it('should give offsets from 0 up without holes', () => {
    const log = new PartitionLog<string>();
    expect(log.append(['a', 'b'], null)).toEqual({ kind: 'appended', baseOffset: 0 });
    expect(log.append(['c'], null)).toEqual({ kind: 'appended', baseOffset: 2 });
    expect([log.endOffset, log.at(2)]).toEqual([3, 'c']);
  });

  it('should store again what a producer without id sends again', () => {
    const log = new PartitionLog<string>();
    log.append(['a'], null);
    expect(log.append(['a'], null)).toEqual({ kind: 'appended', baseOffset: 1 });
  });

  it('should acknowledge a known batch with its first offset, and not store it again', () => {
    const log = new PartitionLog<string>();
    log.append(['a', 'b'], stamp(0));
    log.append(['c'], stamp(2));
    expect(log.append(['a', 'b'], stamp(0))).toEqual({ kind: 'duplicate', baseOffset: 0 });
    expect(log.endOffset).toBe(3);
  });

  it('should take another event for the known one if it comes with its sequence', () => {
    const log = new PartitionLog<string>();
    log.append(['a'], stamp(0));
    expect(log.append(['b'], stamp(0))).toEqual({ kind: 'duplicate', baseOffset: 0 });
    expect(log.endOffset).toBe(1);
  });

  it('should refuse a sequence that does not follow, and one that is older than the last five batches', () => {
    const log = new PartitionLog<string>();
    log.append(['a'], stamp(0));
    expect(log.append(['c'], stamp(2))).toEqual({ kind: 'out-of-order-sequence' });
    for (let i = 1; i <= 5; i++) log.append(['x'], stamp(i));
    expect(log.append(['x'], stamp(1))).toEqual({ kind: 'duplicate', baseOffset: 1 });
    expect(log.append(['a'], stamp(0))).toEqual({ kind: 'out-of-order-sequence' });
  });

  it('should know producers apart, and let a new one begin anywhere', () => {
    const log = new PartitionLog<string>();
    log.append(['a'], stamp(0, 1));
    expect(log.append(['b'], stamp(7, 2))).toEqual({ kind: 'appended', baseOffset: 1 });
    expect(log.append(['c'], stamp(8, 2))).toEqual({ kind: 'appended', baseOffset: 2 });
  });
});
