import { describe, expect, it } from 'vitest';
import { SendOrder } from '../../../../src/broker/kafka/kafkajs/send-order.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('SendOrder', () => {
  it('begins one request after the other, a turn of the event loop after it was partitioned', async () => {
    const order = new SendOrder();
    const begun: string[] = [];
    for (const name of ['a', 'b', 'c']) order.enqueue(() => begun.push(name));
    expect(begun).toEqual(['a']);
    await turn();
    expect(begun).toEqual(['a']);
    order.begun();
    expect(begun).toEqual(['a']);
    await turn();
    expect(begun).toEqual(['a', 'b']);
    order.begun();
    await turn();
    order.begun();
    await turn();
    order.enqueue(() => begun.push('d'));
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });
});
