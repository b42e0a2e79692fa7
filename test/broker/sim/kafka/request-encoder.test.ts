/** The simulated encoder writes requests in the order in which the encoder of kafkajs ends, which is run beside it. */
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { RequestEncoder } from '../../../../src/broker/sim/kafka/client/request-encoder.js';
import { SeededPrng } from '../../../../src/runtime/seeded-prng.js';
import { VirtualWorld } from '../../../../src/runtime/virtual/virtual-world.js';

/** How many partitions a request has of each topic. */
type Shape = readonly number[];

interface Encode {
  readonly encode: () => Promise<unknown>;
}

const require = createRequire(import.meta.url);
const produce = require('kafkajs/src/protocol/requests/produce/v7/request.js') as (request: object) => Encode;

function encodedByKafkajs(shape: Shape): Promise<unknown> {
  const partitionsOf = (count: number) =>
    Array.from({ length: count }, (_, partition) => ({
      partition,
      firstSequence: 0,
      messages: [{ key: null, value: Buffer.from('v') }],
    }));
  const topicData = shape.map((count, topic) => ({ topic: `t${topic}`, partitions: partitionsOf(count) }));
  return produce({ acks: -1, timeout: 30_000, compression: 0, topicData }).encode();
}

async function orderOfKafkajs(shapes: readonly Shape[]): Promise<readonly number[]> {
  const order: number[] = [];
  await Promise.all(shapes.map((shape, at) => encodedByKafkajs(shape).then(() => order.push(at))));
  return order;
}

/** @param handedIn whether the requests are handed in at one moment, or one millisecond after the other */
async function orderOfEncoder(shapes: readonly Shape[], handedIn: 'at once' | 'apart'): Promise<readonly number[]> {
  const world = new VirtualWorld(new SeededPrng(1, 'schedule'));
  const encoder = new RequestEncoder(world);
  const order: number[] = [];
  await world.run(async () => {
    for (const [at, shape] of shapes.entries()) {
      const partitions = shape.flatMap((count, topic) => Array.from({ length: count }, () => ({ topic: `t${topic}` })));
      encoder.encode(partitions, () => order.push(at));
      if (handedIn === 'apart') await world.sleep(1);
    }
    await world.sleep(1);
  });
  return order;
}

const several: readonly (readonly Shape[])[] = [
  [[3], [1]],
  [
    [1, 1],
    [2, 1],
    [1, 1],
  ],
  [[6], [1, 1], [3], [3], [1]],
  [[2], [1, 1]],
  [
    [3, 3],
    [1, 1, 1],
    [1, 1, 1, 1],
  ],
];

describe('produce requests that are handed in at the same moment', () => {
  it.each(several)('are written in the order in which kafkajs has encoded them: %j, %j', async (...shapes) => {
    expect(await orderOfEncoder(shapes, 'at once')).toEqual(await orderOfKafkajs(shapes));
  });

  it('are written with the smallest first, and in the order in which they came where they are alike', async () => {
    expect(await orderOfEncoder([[6], [3], [3], [1]], 'at once')).toEqual([3, 1, 2, 0]);
  });
});

describe('produce requests that are handed in one after the other', () => {
  it('are written in that order', async () => {
    expect(await orderOfEncoder([[6], [3], [1]], 'apart')).toEqual([0, 1, 2]);
  });
});
