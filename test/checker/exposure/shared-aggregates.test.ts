/**
 * An aggregate is shared in a queue if two successive deliveries of it, both from that queue, came to different
 * subscriptions, the first of which was still alive.
 */
import { expect, it } from 'vitest';
import { History } from '../support/history.js';
import { oneQueue, queued, queuesOf } from '../support/queues.js';

function shared(history: History, queues = oneQueue): readonly number[] {
  return queuesOf(history, queues).map(({ sharedAggregates }) => sharedAggregates);
}

function deliveredTo(...subscriptions: readonly number[]): History {
  const history = new History();
  history.publishAcked(subscriptions.map((_, i) => i + 1));
  for (const [i, subscription] of subscriptions.entries()) history.handle(i + 1, { subscription });
  return history;
}

it('is one whose events two subscriptions of a queue got, however often they took turns', () => {
  expect(shared(deliveredTo(0, 0, 0))).toEqual([0]);
  expect(shared(deliveredTo(0, 1))).toEqual([1]);
  expect(shared(deliveredTo(0, 1, 0, 2))).toEqual([1]);
});

it('is not one that a successor took over from a dead subscription', () => {
  const history = new History();
  history.publishAcked([1, 2]);
  history.handle(1, { subscription: 0 });
  history.ended(0);
  history.handle(2, { subscription: 1 });
  expect(shared(history)).toEqual([0]);
});

it('is one where the first subscription died only afterwards', () => {
  const history = deliveredTo(0, 1);
  history.ended(0);
  expect(shared(history)).toEqual([1]);
});

it('is not one whose events came from different queues', () => {
  expect(shared(deliveredTo(0, 1), queued(['orders', 'invoices'], [0, 1]))).toEqual([0, 0]);
  expect(shared(deliveredTo(0, 1, 2), queued(['orders', 'invoices'], [0, 1, 1]))).toEqual([0, 1]);
});

it('is counted in each topic', () => {
  const history = new History();
  for (const topic of [0, 1]) {
    history.publishAcked([1, 2], { topic });
    history.handle(1, { topic, subscription: 0 });
    history.handle(2, { topic, subscription: 1 });
  }
  expect(shared(history)).toEqual([2]);
});

it('counts deliveries that never started, too', () => {
  const history = new History();
  history.deliver(1, { subscription: 0 });
  history.deliver(1, { subscription: 1, deliveryCount: 2 });
  expect(shared(history)).toEqual([1]);
});
