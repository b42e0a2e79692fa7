import type { Admin } from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { GroupPositions } from '../../../src/broker/kafka/positions.js';
import { kafkaTopology } from '../../brokers/kafka-driver-fixture.js';
import type { KafkaTestOptions } from '../../brokers/kafka-driver-fixture.js';

/** A broker with the given ends and committed offsets by partition, the same for every topic. */
function setUp(ends: readonly number[], committed: readonly number[], options: KafkaTestOptions = {}) {
  const asked = { ends: 0, committed: 0 };
  const admin = {
    fetchTopicOffsets: () => {
      asked.ends++;
      return Promise.resolve(ends.map((end, partition) => ({ partition, high: String(end), low: '0', offset: '0' })));
    },
    fetchOffsets: ({ topics = [] }: { topics?: string[] }) => {
      asked.committed++;
      const partitions = committed.map((offset, partition) => ({ partition, offset: String(offset), metadata: null }));
      return Promise.resolve(topics.map((topic) => ({ topic, partitions })));
    },
  };
  return { asked, positions: new GroupPositions(admin as unknown as Admin, kafkaTopology('run', options)) };
}

describe('GroupPositions', () => {
  it('counts what was not delivered, and what was not committed', async () => {
    const { positions } = setUp([5, 3, 0], [2, -1, -1], { partitions: 3 });
    const delivered = { highest: (_: number, partition: number) => [4, 3, 0][partition]! };
    expect(await positions.durables(delivered)).toMatchObject([{ pending: 1, ackPending: 6 }]);
  });

  it('counts nothing as uncommitted where the group never commits', async () => {
    const { positions, asked } = setUp([5], [-1], { consumer: { commit: { kind: 'never' } } });
    expect(await positions.durables({ highest: () => 5 })).toMatchObject([{ pending: 0, ackPending: 0 }]);
    expect(asked.committed).toBe(0);
  });

  it('reads a commit of the other client as the last offset that is done', async () => {
    const { positions } = setUp([5], [4], { client: 'platformatic' });
    expect(await positions.durables({ highest: () => 5 })).toMatchObject([{ pending: 0, ackPending: 0 }]);
  });

  it('asks the broker anew when all that it knew of was delivered, and not while it was not', async () => {
    const { positions, asked } = setUp([5], [5]);
    await positions.durables({ highest: () => 3 });
    await positions.durables({ highest: () => 4 });
    expect(asked).toEqual({ ends: 1, committed: 1 });
    await positions.durables({ highest: () => 5 });
    await positions.durables({ highest: () => 5 });
    expect(asked).toEqual({ ends: 3, committed: 3 });
  });
});
