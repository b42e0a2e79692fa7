/**
 * What may break order in the middle of a run is counted for each queue, and so is whether it met an open pair: one in
 * flight, v and v + 1 having been delivered and v not having finished; or, there being none, one that waits, v having
 * been delivered and v + 1 not, though it had been acknowledged to its publisher before v finished.
 */
import { describe, expect, it } from 'vitest';
import type { DisruptionKind } from '../../src/domain/report/verdict.js';
import { History } from './support/history.js';
import { oneQueue, queued, queuesOf } from './support/queues.js';

type Met = readonly [count: number, metInFlight: number, metWaiting: number];

function met(kind: DisruptionKind, history: History, queues = oneQueue): readonly Met[] {
  return queuesOf(history, queues).map(({ disruptions }) => {
    const { count, metInFlight, metWaiting } = disruptions[kind];
    return [count, metInFlight, metWaiting];
  });
}

/** Versions 1 and 2 are published; `delivered` of them are in hand at subscription 0. */
function open(delivered: 0 | 1 | 2) {
  const history = new History();
  history.publishAcked([1, 2]);
  const deliveries = [1, 2].slice(0, delivered).map((version) => history.deliver(version));
  return { history, deliveries };
}

describe('an open pair', () => {
  const crashAt = (prepare: (history: History) => void): Met => {
    const history = new History();
    prepare(history);
    history.disturb('crash');
    return met('crash', history)[0]!;
  };

  it('is none where nothing was delivered, where it is finished, or where v + 1 was not published', () => {
    expect(crashAt((history) => history.publishAcked([1, 2]))).toEqual([1, 0, 0]);
    const isOver = crashAt((history) => {
      history.publishAcked([1, 2]);
      history.handle(1);
      history.deliver(2);
    });
    expect(isOver).toEqual([1, 0, 0]);
    const isLast = crashAt((history) => {
      history.publishAcked([1]);
      history.deliver(1);
    });
    expect(isLast).toEqual([1, 0, 0]);
  });

  it('is in flight while both are delivered and v is not finished, whatever its handlings came to so far', () => {
    const failed = crashAt((history) => {
      history.publishAcked([1, 2]);
      const first = history.deliver(1);
      history.deliver(2);
      history.finish(history.start(first), 'failed');
    });
    expect(failed).toEqual([1, 1, 0]);
  });

  it('is not in flight where v came only after v + 1 had finished', () => {
    const late = crashAt((history) => {
      history.publishAcked([1, 2]);
      history.handle(2);
      history.deliver(1);
    });
    expect(late).toEqual([1, 0, 0]);
  });

  it('waits only once v + 1 was acknowledged to its publisher', () => {
    const waits = (settle: (history: History) => void): Met =>
      crashAt((history) => {
        history.publishAcked([1]);
        history.deliver(1);
        history.publish(2);
        settle(history);
      });
    expect(waits((history) => history.acked(2))).toEqual([1, 0, 1]);
    expect(waits(() => {})).toEqual([1, 0, 0]);
    expect(waits((history) => history.refused(2))).toEqual([1, 0, 0]);
  });

  it('waits on after v has finished, until v + 1 is delivered: between the two nothing is in hand', () => {
    const handedOver = (atEnd: (history: History) => void): Met =>
      crashAt((history) => {
        history.publishAcked([1, 2]);
        history.handle(1);
        atEnd(history);
      });
    expect(handedOver(() => {})).toEqual([1, 0, 1]);
    expect(handedOver((history) => history.deliver(2))).toEqual([1, 0, 0]);
    const outOfTurn = crashAt((history) => {
      history.publishAcked([1, 2]);
      history.finish(history.start(history.deliver(1)), 'failed');
      history.handle(1, { deliveryCount: 2 });
    });
    expect(outOfTurn).toEqual([1, 0, 1]);
    const storedLater = crashAt((history) => {
      history.publishAcked([1]);
      history.handle(1);
      history.publishAcked([2]);
    });
    expect(storedLater).toEqual([1, 0, 0]);
  });

  it('that waits says nothing beside one in flight', () => {
    const both = crashAt((history) => {
      history.publishAcked([1, 2, 3]);
      history.deliver(1);
      history.deliver(2);
    });
    expect(both).toEqual([1, 1, 0]);
  });

  it('belongs to the queue of v', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.deliver(1, { subscription: 1 });
    history.deliver(2, { subscription: 0 });
    history.disturb('crash');
    expect(met('crash', history, queued(['orders', 'invoices'], [0, 1]))).toEqual([
      [1, 0, 0],
      [1, 1, 0],
    ]);
  });
});

describe('failures', () => {
  it('are finishes as failed or retried, at the queue of the delivery', () => {
    const { history, deliveries } = open(2);
    history.finish(history.start(deliveries[0]!), 'retried');
    history.finish(history.start(deliveries[0]!, { number: 2 }), 'failed');
    history.handle(1, { deliveryCount: 2 });
    history.finish(history.start(deliveries[1]!), 'failed');
    const queues = queued(['orders', 'invoices'], [0, 1]);
    expect(met('failure', history, queues)).toEqual([
      [3, 2, 0],
      [0, 0, 0],
    ]);
  });

  it('meet a pair that waits where v + 1 is at the broker', () => {
    const { history, deliveries } = open(1);
    history.finish(history.start(deliveries[0]!), 'failed');
    expect(met('failure', history)).toEqual([[1, 0, 1]]);
  });

  it('are none where a handler was cut off', () => {
    const { history, deliveries } = open(2);
    history.finish(history.start(deliveries[0]!), 'crashed');
    expect(met('failure', history)).toEqual([[0, 0, 0]]);
  });
});

describe('redeliveries', () => {
  it('are further deliveries of what has not finished', () => {
    const { history } = open(2);
    history.handle(1, { deliveryCount: 2 });
    history.handle(1, { deliveryCount: 3 });
    expect(met('redelivery', history)).toEqual([[1, 1, 0]]);
  });

  it('are known without a count by a place of the log that was delivered before', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.deliver(1, { deliveryCount: null, position: 7 });
    history.deliver(1, { deliveryCount: null, position: 8 });
    history.deliver(1, { deliveryCount: null, position: 7 });
    expect(met('redelivery', history)).toEqual([[1, 0, 1]]);
  });

  it('are also first deliveries that the broker had counted before', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.deliver(1, { deliveryCount: 2 });
    expect(met('redelivery', history)).toEqual([[1, 0, 0]]);
  });

  it('are none that only make up for a crash', () => {
    const running = open(2);
    running.history.finish(running.history.start(running.deliveries[0]!), 'crashed');
    running.history.deliver(1, { deliveryCount: 2 });
    expect(met('redelivery', running.history)).toEqual([[0, 0, 0]]);
    const waiting = open(2);
    waiting.history.release('crashed', waiting.deliveries[0]!);
    waiting.history.deliver(1, { deliveryCount: 2 });
    waiting.history.deliver(1, { deliveryCount: 3 });
    expect(met('redelivery', waiting.history)).toEqual([[1, 1, 0]]);
  });

  it('are such again where a failure came after the crash', () => {
    const { history, deliveries } = open(2);
    const again = history.deliver(1, { deliveryCount: 2 });
    history.release('crashed', deliveries[0]!);
    history.finish(history.start(again), 'failed');
    history.deliver(1, { deliveryCount: 3 });
    expect(met('redelivery', history)).toEqual([[2, 2, 0]]);
  });

  it('are not told apart by what happened to another version', () => {
    const { history, deliveries } = open(2);
    history.release('crashed', deliveries[1]!);
    history.deliver(1, { deliveryCount: 2 });
    expect(met('redelivery', history)).toEqual([[1, 1, 0]]);
  });
});

describe('crashes, resizes and new partitions', () => {
  it('are the disturbances of that kind, for every queue', () => {
    const queues = queued(['orders', 'invoices'], [0, 1]);
    for (const [kind, what] of [
      ['crash', 'crash'],
      ['resize', 'workers'],
      ['partitions', 'partitions'],
    ] as const) {
      const { history } = open(2);
      history.disturb(what);
      history.disturb('pause');
      history.note('disturbance', { what: 'the service is back' });
      expect(met(kind, history, queues), kind).toEqual([
        [1, 1, 0],
        [1, 0, 0],
      ]);
    }
  });
});

describe('an event of which nothing else was seen', () => {
  it('makes no aggregate known by dying in the memory of a service', () => {
    const history = new History();
    history.publishAcked([1]);
    const elsewhere = { delivery: 9, aggregate: 0, topic: 1, version: 1, partition: 0, subscriptionIndex: 0 };
    history.note('crashed', elsewhere);
    expect(history.verdict().aggregatesTotal).toBe(1);
  });
});

describe('rebalances', () => {
  const rebalance = (history: History, group: string, epoch: number): void =>
    history.note('rebalance', { group, epoch, subscription: 'puller-0', assigned: '0' });

  it('are the generations of a group after its first publish call and before the drain', () => {
    const history = new History();
    rebalance(history, 'orders', 1);
    history.publishAcked([1, 2]);
    history.deliver(1);
    rebalance(history, 'orders', 1);
    rebalance(history, 'orders', 2);
    rebalance(history, 'orders', 2);
    history.deliver(2);
    rebalance(history, 'orders', 3);
    history.note('drain', { complete: true });
    rebalance(history, 'orders', 4);
    expect(met('rebalance', history)).toEqual([[2, 1, 1]]);
  });

  it('meet what was open at any time since the last one, since a client lets nothing new in meanwhile', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    for (const version of [1, 2]) history.deliver(version);
    rebalance(history, 'orders', 1);
    history.finish(history.start(history.deliver(1)));
    rebalance(history, 'orders', 2);
    rebalance(history, 'orders', 3);
    expect(met('rebalance', history)).toEqual([[3, 2, 0]]);
  });

  it('are those of the group that has the queue’s name', () => {
    const { history } = open(2);
    rebalance(history, 'invoices', 1);
    rebalance(history, 'invoices', 2);
    const queues = queued(['orders', 'invoices'], [0, 1]);
    expect(met('rebalance', history, queues)).toEqual([
      [0, 0, 0],
      [1, 0, 0],
    ]);
  });

  it('are not the first generation of a group to which nothing was delivered, though events were published by then', () => {
    const queues = queued(['orders', 'invoices'], [0, 1]);
    const { history } = open(0);
    history.deliver(1, { subscription: 1 });
    rebalance(history, 'orders', 1);
    expect(met('rebalance', history, queues)[0]).toEqual([0, 0, 0]);
    const served = open(1).history;
    rebalance(served, 'orders', 1);
    expect(met('rebalance', served, queues)[0]).toEqual([1, 0, 1]);
  });

  it('are none without a publish call', () => {
    const history = new History();
    history.deliver(1);
    rebalance(history, 'orders', 1);
    expect(met('rebalance', history)).toEqual([[0, 0, 0]]);
  });
});

it('says nothing of queues where the checker was told of none', () => {
  const { history } = open(2);
  history.disturb('crash');
  expect(history.verdict().evidence.queues).toEqual([]);
});
