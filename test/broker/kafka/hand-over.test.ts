import { describe, expect, it } from 'vitest';
import { encodeEvent } from '../../../src/broker/event-codec.js';
import { HandOver } from '../../../src/broker/kafka/hand-over.js';
import { BrokerError } from '../../../src/domain/errors.js';

function setUp(options: { settleWhenTaken?: boolean; owned?: () => boolean } = {}) {
  const foreign: string[] = [];
  const handOver = new HandOver({
    settleWhenTaken: options.settleWhenTaken ?? false,
    isOwned: options.owned ?? (() => true),
    onForeign: (topic, partition, offset) => foreign.push(`${topic}:${partition}@${offset}`),
  });
  return { handOver, foreign };
}

function message(version: number, offset = version - 1) {
  const fields = { aggregateId: 'agg-1', aggregate: 0, topic: 0, publisher: 0, publishStamp: 1, publishedAtMs: 1 };
  return { offset: String(offset), value: Buffer.from(encodeEvent({ ...fields, version })) };
}

const versions = (items: readonly unknown[]) =>
  items.map((item) => (item as { event?: { version: number } } | undefined)?.event?.version);

describe('HandOver', () => {
  it('hands over in the order of the batches', () => {
    const { handOver } = setUp();
    handOver.offer(0, 2, [message(1), message(2)]);
    handOver.offer(0, 1, [message(3, 9)]);
    const items = [handOver.poll(), handOver.poll(), handOver.poll(), handOver.poll()];
    expect(versions(items)).toEqual([1, 2, 3, undefined]);
    expect(items[0]).toMatchObject({ kind: 'message', partition: 2, position: 1, deliveryCount: null, owned: true });
    expect(items[2]).toMatchObject({ partition: 1, position: 10 });
  });

  it('wakes who waits', async () => {
    const { handOver } = setUp();
    const waiting = handOver.next();
    handOver.offer(0, 0, [message(1)]);
    expect(versions([await waiting])).toEqual([1]);
  });

  it('settles the batch that a token belongs to', async () => {
    const { handOver } = setUp();
    const first = handOver.offer(0, 0, [message(1)]);
    const second = handOver.offer(0, 1, [message(1), message(2)]);
    handOver.ack(second.firstToken);
    handOver.ack(first.firstToken);
    handOver.nak(second.firstToken + 1);
    expect(await first.settled).toEqual({ kind: 'done' });
    expect(await second.settled).toEqual({ kind: 'failed' });
    expect(second.done).toBe(1);
  });

  it('settles nothing by tokens of a batch that is no more', () => {
    const { handOver } = setUp();
    const old = handOver.offer(0, 0, [message(1), message(2)]);
    old.end({ kind: 'interrupted', error: new Error('a rebalance') });
    const again = handOver.offer(0, 0, [message(1), message(2)]);
    handOver.ack(old.firstToken);
    handOver.ack(old.firstToken + 1);
    expect([old.done, again.done]).toEqual([0, 0]);
  });

  it('settles what was taken where nobody acknowledges', async () => {
    const { handOver } = setUp({ settleWhenTaken: true });
    const batch = handOver.offer(0, 0, [message(1), message(2)]);
    handOver.poll();
    expect(batch.isSettled).toBe(false);
    handOver.poll();
    expect(await batch.settled).toEqual({ kind: 'done' });
  });

  it('asks for the ownership at the moment of the hand-over', () => {
    let owned = true;
    const { handOver } = setUp({ owned: () => owned });
    handOver.offer(0, 0, [message(1), message(2)]);
    expect(handOver.poll()).toMatchObject({ owned: true });
    owned = false;
    expect(handOver.poll()).toMatchObject({ owned: false });
  });

  it('passes by what is no event, and counts it as acknowledged', async () => {
    const { handOver, foreign } = setUp();
    const batch = handOver.offer(3, 1, [
      { offset: '7', value: Buffer.from('hello') },
      { offset: '8', value: null },
      message(1, 9),
    ]);
    const item = handOver.poll();
    expect(versions([item])).toEqual([1]);
    expect(foreign).toEqual(['3:1@7', '3:1@8']);
    handOver.ack(batch.firstToken + 2);
    expect(await batch.settled).toEqual({ kind: 'done' });
  });

  it('ends waiting and batches when it is closed', async () => {
    const { handOver } = setUp();
    const batch = handOver.offer(0, 0, [message(1)]);
    handOver.poll();
    const waiting = handOver.next();
    handOver.close();
    expect(await waiting).toMatchObject({ kind: 'end', status: 'closed' });
    expect(await batch.settled).toEqual({ kind: 'closed' });
    expect(await handOver.offer(0, 0, [message(2)]).settled).toEqual({ kind: 'closed' });
    expect(await handOver.next()).toMatchObject({ kind: 'end', status: 'closed' });
  });

  it('fails who waits, and what comes after', async () => {
    const { handOver } = setUp();
    const waiting = handOver.next();
    const error = new BrokerError('the broker is gone', 'start it');
    handOver.fail(error);
    await expect(waiting).rejects.toBe(error);
    await expect(handOver.next()).rejects.toBe(error);
  });
});
