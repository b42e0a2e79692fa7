import { describe, expect, it } from 'vitest';
import { ProduceRequest } from '../../../src/broker/kafka/produce-request.js';
import type { PendingEvent } from '../../../src/broker/kafka/produce-request.js';

const topicIndex = new Map([
  ['a', 0],
  ['b', 1],
]);

function pending(topic: number, partition: number, settled: unknown[]): PendingEvent {
  const empty = new Uint8Array();
  return {
    ...{ topic, partition, key: null, hash: 0, value: empty },
    resolve: (ack) => settled.push(ack),
    reject: (error) => settled.push(error.message),
  };
}

describe('ProduceRequest', () => {
  it('counts the position of each event from the first of its partition, and tells by partition, as it is answered', () => {
    const settled: unknown[] = [];
    const places = [
      [0, 1],
      [1, 0],
      [0, 1],
      [0, 0],
      [0, 1],
    ] as const;
    const request = new ProduceRequest(places.map(([topic, partition]) => pending(topic, partition, settled)));
    const answer = [
      { topicName: 'a', partition: 1, baseOffset: '10' },
      { topicName: 'a', partition: 0, baseOffset: '0' },
      { topicName: 'b', partition: 0, baseOffset: '7' },
    ];
    request.stored(answer, topicIndex);
    expect(settled).toEqual([
      { partition: 1, position: 11, duplicate: false },
      { partition: 1, position: 12, duplicate: false },
      { partition: 1, position: 13, duplicate: false },
      { partition: 0, position: 1, duplicate: false },
      { partition: 0, position: 8, duplicate: false },
    ]);
  });

  it('knows no position that the broker does not tell', () => {
    const settled: unknown[] = [];
    const request = new ProduceRequest([pending(0, 0, settled), pending(1, 0, settled)]);
    request.stored([{ topicName: 'a', partition: 0, baseOffset: '-1' }], topicIndex);
    expect(settled).toEqual([
      { partition: -1, position: 0, duplicate: false },
      { partition: -1, position: 0, duplicate: false },
    ]);
  });

  it('fails all of its events', () => {
    const settled: unknown[] = [];
    new ProduceRequest([pending(0, 0, settled), pending(0, 1, settled)]).failed(() => new Error('no'));
    expect(settled).toEqual(['no', 'no']);
  });
});
