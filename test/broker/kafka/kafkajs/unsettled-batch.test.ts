import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnsettledBatch } from '../../../../src/broker/kafka/kafkajs/unsettled-batch.js';

describe('UnsettledBatch', () => {
  it('is done up to the first message that is not acknowledged', () => {
    const batch = new UnsettledBatch(100, 4);
    batch.ack(101);
    expect(batch.done).toBe(0);
    batch.ack(100);
    expect(batch.done).toBe(2);
    batch.ack(103);
    expect(batch.done).toBe(2);
  });

  it('is settled when all of it is acknowledged', async () => {
    const batch = new UnsettledBatch(0, 2);
    batch.ack(1);
    expect(batch.isSettled).toBe(false);
    batch.ack(0);
    expect(await batch.settled).toEqual({ kind: 'done' });
  });

  it('has failed as soon as one message is refused, done as far as it came', async () => {
    const batch = new UnsettledBatch(0, 3);
    batch.ack(0);
    batch.nak(1);
    expect(await batch.settled).toEqual({ kind: 'failed' });
    batch.ack(1);
    expect(batch.done).toBe(1);
  });

  it('does not take back an acknowledgement', () => {
    const batch = new UnsettledBatch(0, 2);
    batch.ack(0);
    batch.nak(0);
    expect(batch.isSettled).toBe(false);
  });

  it('is settled at once if it is empty', async () => {
    expect(await new UnsettledBatch(7, 0).settled).toEqual({ kind: 'done' });
  });

  it('tells of every advance, and of nothing else', () => {
    const advances: number[] = [];
    const batch = new UnsettledBatch(0, 4);
    batch.onProgress = () => advances.push(batch.done);
    for (const token of [2, 1, 0, 0, 3]) batch.ack(token);
    expect(advances).toEqual([3, 4]);
  });

  it('is done up to the first hole, whatever is acknowledged in which order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.array(fc.nat(29)), (size, indices) => {
        const batch = new UnsettledBatch(500, size);
        const acked = new Set<number>();
        for (const index of indices.filter((one) => one < size)) {
          batch.ack(500 + index);
          acked.add(index);
          let hole = 0;
          while (acked.has(hole)) hole++;
          expect(batch.done).toBe(hole);
        }
      }),
    );
  });
});
