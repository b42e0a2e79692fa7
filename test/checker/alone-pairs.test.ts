/**
 * A pair is alone if it is contested and not in flight, v + 1 came after v had finished, to the same place, and that
 * place never got a second delivery while it had one, from the first delivery of v to that of v + 1. In a queue that lets
 * one delivery out at a time such a pair was held back: letting one out at a time is what kept it in order.
 */
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/domain/observation.js';
import { handledInOrder, History } from './support/history.js';
import { oneQueue, queued, queuesOf } from './support/queues.js';

/** Versions 1 and 2 wait at the broker, and are handled one after the other. */
function oneByOne(between: (history: History) => void, during: (history: History) => void = () => {}): History {
  const history = new History();
  history.publishAcked([1, 2]);
  history.publishAcked([1, 2], { aggregate: 1 });
  const first = history.start(history.deliver(1));
  during(history);
  history.finish(first);
  between(history);
  history.handle(2);
  return history;
}

function alone(history: History, queues = oneQueue): readonly number[] {
  return queuesOf(history, queues).map(({ alonePairs }) => alonePairs);
}

describe('pairs that are alone', () => {
  it('wait at the broker until the one before is finished', () => {
    const history = handledInOrder([1, 2, 3]);
    expect(alone(history)).toEqual([2]);
    expect(history.verdict({ queues: oneQueue }).exposure).toMatchObject({ heldBackPairs: 0, atRiskPairs: 0 });
  });

  it('are none where they are not contested', () => {
    const history = new History();
    for (const version of [1, 2]) {
      history.publishAcked([version]);
      history.handle(version);
    }
    expect(alone(history)).toEqual([0]);
  });

  it('are none where they are in flight', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const deliveries = [history.deliver(1), history.deliver(2)];
    for (const delivery of deliveries) history.finish(history.start(delivery));
    expect(queuesOf(history)[0]).toMatchObject({ inFlightPairs: 1, alonePairs: 0 });
  });

  it('are none where v never finished, or v + 1 never came', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.handle(1);
    expect(alone(history)).toEqual([0]);
    const failed = new History();
    failed.publishAcked([1, 2]);
    failed.finish(failed.start(failed.deliver(1)), 'failed');
    failed.handle(2);
    expect(alone(failed)).toEqual([0]);
  });

  it('are none where v + 1 came first', () => {
    expect(alone(handledInOrder([2, 1]))).toEqual([0]);
  });

  it('are crowded by another aggregate’s event, while v was in hand or after it', () => {
    const deliver = (history: History): void => void history.deliver(1, { aggregate: 1 });
    expect(alone(oneByOne(() => {}))).toEqual([1]);
    expect(alone(oneByOne(() => {}, deliver))).toEqual([0]);
    expect(alone(oneByOne(deliver))).toEqual([0]);
    expect(
      alone(
        oneByOne(
          () => {},
          (history) => history.handle(1, { aggregate: 1 }),
        ),
      ),
    ).toEqual([0]);
  });

  it('are crowded by a delivery of before that is still in hand', () => {
    const history = new History();
    history.publishAcked([1], { aggregate: 1 });
    history.deliver(1, { aggregate: 1 });
    history.publishAcked([1, 2]);
    history.handleAll([1, 2]);
    expect(alone(history)).toEqual([0]);
  });

  it('are not crowded by what came and went between the two', () => {
    expect(alone(oneByOne((history) => history.handle(1, { aggregate: 1 })))).toEqual([1]);
  });

  it('are not crowded once a delivery was let go of, whatever becomes of its handling', () => {
    for (const kind of ['rejected', 'discarded', 'given-back', 'crashed'] as const) {
      const release = (history: History): void => history.release(kind, history.deliver(1, { aggregate: 1 }));
      expect(alone(oneByOne(release)), kind).toEqual([1]);
    }
    for (const outcome of ['failed', 'crashed'] as const) {
      const end = (history: History): void =>
        history.finish(history.start(history.deliver(1, { aggregate: 1 })), outcome);
      expect(alone(oneByOne(end)), outcome).toEqual([1]);
    }
  });

  it('are crowded by a delivery that is to be tried again, which stays in hand', () => {
    const retry = (history: History): void =>
      history.finish(history.start(history.deliver(1, { aggregate: 1 })), 'retried');
    expect(alone(oneByOne(retry))).toEqual([0]);
  });

  it('ask their own queue only', () => {
    const elsewhere = (history: History): void => void history.deliver(1, { aggregate: 1, subscription: 1 });
    const queues = queued(['orders', 'invoices'], [0, 1]);
    expect(alone(oneByOne(elsewhere), queues)).toEqual([1, 0]);
    expect(alone(oneByOne(elsewhere))).toEqual([0]);
  });

  it('ask their own partition of a topic only, where each hands out on its own', () => {
    const each = queued(['orders'], [0], true);
    const beside = (details: Partial<Delivery>) => (history: History) =>
      void history.deliver(1, { aggregate: 1, ...details });
    expect(alone(oneByOne(beside({ partition: 1 })), each)).toEqual([1]);
    expect(alone(oneByOne(beside({ topic: 1 })), each)).toEqual([1]);
    expect(alone(oneByOne(beside({})), each)).toEqual([0]);
    expect(alone(oneByOne(beside({ partition: 1 })), oneQueue)).toEqual([0]);
    expect(alone(oneByOne(beside({ subscription: 1 })), queued(['orders', 'invoices'], [0, 1], true))).toEqual([1, 0]);
  });

  it('are none where the two came to different queues, or partitions that hand out on their own', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.handle(1);
    history.handle(2, { subscription: 1, partition: 1 });
    expect(alone(history)).toEqual([1]);
    expect(alone(history, queued(['orders', 'invoices'], [0, 1]))).toEqual([0, 0]);
    expect(alone(history, queued(['orders'], [0, 0], true))).toEqual([0]);
  });
});
