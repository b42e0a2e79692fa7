/**
 * How near a queue came to a time-out of its broker: the longest time from a delivery, or its last progress ack, to an
 * ack of any kind; and the longest time between two heartbeats of one of its members.
 */
import { describe, expect, it } from 'vitest';
import { History } from './support/history.js';
import { oneQueue, queued, queuesOf } from './support/queues.js';

const two = queued(['orders', 'invoices'], [0, 1]);

describe('the longest time without an ack', () => {
  const longest = (history: History, queues = oneQueue): readonly (number | null)[] =>
    queuesOf(history, queues).map(({ longestUnackedMs }) => longestUnackedMs);

  it('is unknown where nothing was acknowledged', () => {
    const history = new History();
    history.handle(1);
    expect(longest(history)).toEqual([null]);
  });

  it('is the longest from delivery to ack, whatever the answer, in each queue', () => {
    const history = new History();
    history.at(10);
    const first = history.deliver(1);
    const second = history.deliver(2);
    const other = history.deliver(1, { aggregate: 1, subscription: 1 });
    history.at(30);
    history.ack(first);
    history.ack(other, 'term');
    history.at(45);
    history.ack(second, 'nak');
    expect(longest(history, two)).toEqual([35, 20]);
  });

  it('begins anew with each progress ack of that delivery, which itself comes after a time', () => {
    const history = new History();
    const first = history.deliver(1);
    const other = history.deliver(2);
    history.at(30);
    history.ack(first, 'progress');
    history.at(50);
    history.ack(first, 'progress');
    history.at(60);
    history.ack(first);
    expect(longest(history)).toEqual([30]);
    history.ack(other);
    expect(longest(history)).toEqual([60]);
  });

  it('goes on to an answer that comes late, whatever was answered before', () => {
    const history = new History();
    const delivery = history.deliver(1);
    history.at(10);
    history.ack(delivery, 'nak');
    history.at(30);
    history.ack(delivery);
    expect(longest(history)).toEqual([30]);
  });

  it('is 0 where deliveries are acknowledged on the spot', () => {
    const history = new History();
    history.ack(history.deliver(1));
    expect(longest(history)).toEqual([0]);
  });
});

describe('the longest time between heartbeats', () => {
  const longest = (history: History): readonly (number | null)[] =>
    queuesOf(history, two).map(({ longestHeartbeatMs }) => longestHeartbeatMs);

  it('is unknown where none were seen', () => {
    expect(longest(new History())).toEqual([null, null]);
  });

  it('is the longest of all members of the queue', () => {
    const history = new History();
    history.note('heartbeat', { subscription: 'puller-0', gapMs: 3000 });
    history.note('heartbeat', { subscription: 'puller-1', gapMs: 9000 });
    history.note('heartbeat', { subscription: 'puller-0', gapMs: 3200.5 });
    expect(longest(history)).toEqual([3200.5, 9000]);
  });
});
