/**
 * The checker keeps the worst anomalies of each signature, at most three, stage by stage: each delivery with its
 * subscription, lane, stamps and end, the delivery before it, and what happened to the run in between.
 */
import { describe, expect, it } from 'vitest';
import type { ExplainedKind } from '../../../src/domain/report/anomaly-signature.js';
import type { CauseWitness } from '../../../src/domain/report/witness.js';
import { History, notDrained } from '../support/history.js';
import { oneQueue } from '../support/queues.js';

function witnessesOf(history: History, kind: ExplainedKind): CauseWitness[] {
  const { signatures } = history.verdict();
  return signatures.flatMap(({ signature, examples }) => (signature.kind === kind ? examples : []));
}

/** Aggregate 0 has version 1 handled behind so many higher ones. */
function lateBehind(history: History, aggregate: number, higher: number): void {
  const versions = Array.from({ length: higher + 1 }, (_, index) => index + 1);
  history.publishAcked(versions, { aggregate });
  history.handleAll([...versions.slice(1), 1], { aggregate });
}

describe('the witness of a regression', () => {
  it('has both events with what every stage saw of them, and the stage at which they crossed', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.at(3.25);
    const higher = history.submit(history.deliver(2, { subscription: 1, owned: false }));
    history.finish(history.start(higher, { lane: 4 }));
    history.ack(higher);
    history.handle(1);
    const [witness] = witnessesOf(history, 'regressions');
    expect(witness).toMatchObject({
      ...{ aggregateId: 'agg-0', crossedAt: 'deliver', extent: 1, lagMs: null, otherDelivery: null, amid: null },
      event: {
        ...{ version: 1, store: { topic: 'orders', partition: 0, position: 1 }, state: 'done', answer: null },
        deliver: { subscription: 'puller-0', owned: true, deliveryCount: 1, again: null },
      },
      otherEvent: {
        ...{ version: 2, publisher: 0, publish: { stamp: 3, atMs: 0 } },
        deliver: { subscription: 'puller-1', owned: false, stamp: higher.deliverStamp, atMs: 3.25 },
        start: { lane: 4, attempt: 1 },
        answer: { kind: 'ack', atMs: 3.25 },
      },
    });
  });

  it('is first of those with the greatest extent; of equal ones, that which was seen first', () => {
    const history = new History();
    for (const [aggregate, higher] of [1, 3, 1].entries()) lateBehind(history, aggregate, higher);
    const found = witnessesOf(history, 'regressions');
    expect(found.map(({ aggregateId, extent }) => [aggregateId, extent])).toEqual([
      ['agg-1', 3],
      ['agg-0', 1],
      ['agg-2', 1],
    ]);
  });

  it('is one of at most three, however many bear the signature', () => {
    const history = new History();
    history.publishAcked([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    history.handleAll([2, 1, 4, 3, 6, 5, 9, 8, 7]);
    expect(witnessesOf(history, 'regressions').map(({ event, extent }) => [event.version, extent])).toEqual([
      [7, 2],
      [1, 1],
      [3, 1],
    ]);
  });

  it('learns how an attempt ended that was still running when the pair was found', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.handle(2);
    const late = history.submit(history.deliver(1));
    const attempt = history.start(late);
    history.finish(attempt, 'failed');
    history.ack(late, 'nak');
    const [witness] = witnessesOf(history, 'regressions');
    expect(witness!.event).toMatchObject({ state: 'failed', answer: { kind: 'nak' } });
    expect(witness!.event.finish).not.toBeNull();
  });
});

describe('the witness of an event that came again', () => {
  it('has the delivery before it, which failed and was sent back', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const first = history.submit(history.deliver(1));
    const higher = history.submit(history.deliver(2));
    history.finish(history.start(first), 'failed');
    history.ack(first, 'nak');
    history.finish(history.start(higher));
    history.handle(1, { deliveryCount: 2, subscription: 1 });
    const [witness] = witnessesOf(history, 'completionInversions');
    expect(witness).toMatchObject({
      event: { version: 1, deliver: { deliveryCount: 2, again: 'nak', subscription: 'puller-1' }, state: 'done' },
      otherDelivery: { version: 1, deliver: { deliveryCount: 1 }, state: 'failed', answer: { kind: 'nak' } },
      otherEvent: { version: 2 },
    });
  });

  it('has the delivery after it where that was handled first', () => {
    const history = new History();
    history.publishAcked([1]);
    const first = history.submit(history.deliver(1));
    history.handle(1, { deliveryCount: 2, subscription: 1 });
    history.finish(history.start(first));
    const [witness] = witnessesOf(history, 'duplicates');
    expect(witness).toMatchObject({
      event: { deliver: { deliveryCount: 1 } },
      otherDelivery: { deliver: { deliveryCount: 2, subscription: 'puller-1' } },
    });
  });

  it('has the place of the first message where the event was stored twice', () => {
    const history = new History();
    history.publishAcked([1]);
    history.handle(1, { position: 1 });
    history.handle(1, { position: 5 });
    const [witness] = witnessesOf(history, 'duplicates');
    expect(witness).toMatchObject({ event: { store: { position: 5 } }, otherDelivery: { store: { position: 1 } } });
  });

  it('fell into the crash that had its last delivery in memory', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const first = history.submit(history.deliver(1));
    history.at(7);
    history.release('crashed', first);
    history.handle(2, { subscription: 1 });
    history.handle(1, { deliveryCount: 2, subscription: 1 });
    const [witness] = witnessesOf(history, 'regressions');
    expect(witness!.amid).toMatchObject({ what: 'crash', atMs: 7 });
    expect(witness!.otherDelivery!.state).toBe('crashed');
  });
});

describe('the witness of two events in different lanes', () => {
  it('fell into the resize between their deliveries and their starts, if there was one', () => {
    const amid = [true, false].map((isResized) => {
      const history = new History();
      history.publishAcked([1, 2]);
      const [first, second] = [history.submit(history.deliver(1)), history.submit(history.deliver(2))];
      if (isResized) history.note('resized', { bus: 0, from: 2, to: 5 });
      history.finish(history.start(second, { lane: 3 }));
      history.finish(history.start(first, { lane: 1 }));
      return witnessesOf(history, 'regressions')[0]!.amid?.what ?? null;
    });
    expect(amid).toEqual(['resize', null]);
  });

  it('has the event that was running when the other one was started', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const [first, second] = [history.submit(history.deliver(1)), history.submit(history.deliver(2))];
    const running = history.start(first, { lane: 1 });
    history.finish(history.start(second, { lane: 2 }));
    history.finish(running);
    const [witness] = witnessesOf(history, 'overlaps');
    expect(witness).toMatchObject({
      ...{ crossedAt: 'start', event: { version: 2, start: { lane: 2 } } },
      otherEvent: { version: 1, start: { lane: 1 }, state: 'done' },
    });
  });
});

describe('the witness of two events that ran at once, the earlier of which had come again,', () => {
  it('tells that one, with its own delivery before', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const first = history.submit(history.deliver(1));
    history.finish(history.start(first), 'failed');
    history.ack(first, 'nak');
    const again = history.start(history.submit(history.deliver(1, { deliveryCount: 2 })));
    history.finish(history.start(history.submit(history.deliver(2)), { lane: 1 }));
    history.finish(again);
    const [witness] = witnessesOf(history, 'overlaps');
    expect(witness).toMatchObject({
      event: { version: 1, deliver: { deliveryCount: 2, again: 'nak' } },
      otherDelivery: { version: 1, deliver: { deliveryCount: 1 }, state: 'failed' },
      otherEvent: { version: 2 },
    });
  });
});

describe('the witness of a loss', () => {
  it('says how far the event had got, and when that was acknowledged', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const lost = history.submit(history.deliver(1));
    history.at(2.5);
    history.ack(lost);
    history.finish(history.start(lost), 'failed');
    const [witness] = witnessesOf(history, 'lost').filter(({ event }) => event.version === 1);
    expect(witness!.event).toMatchObject({ state: 'failed', answer: { kind: 'ack', atMs: 2.5 } });
    expect(witness!.event.answer!.stamp).toBeLessThan(witness!.event.start!.stamp);
  });

  it('has no delivery where there was none', () => {
    const history = new History();
    history.publishAcked([1]);
    const [witness] = witnessesOf(history, 'lost');
    expect(witness!.event).toMatchObject({ version: 1, deliver: null, start: null, state: null });
  });

  it('is none where the drain is not complete', () => {
    const history = new History();
    history.publishAcked([1]);
    expect(history.verdict({}, notDrained).signatures).toEqual([]);
  });
});

describe('the witness of what is wrong in the log', () => {
  it('has the positions of a store inversion', () => {
    const history = new History();
    history.publish(1);
    history.publish(2);
    history.acked(2, 0, 7);
    history.acked(1, 0, 9);
    const [witness] = witnessesOf(history, 'storeInversions');
    expect(witness).toMatchObject({
      ...{ crossedAt: 'store', extent: 1, event: { version: 1, store: { position: 9 } } },
      otherEvent: { version: 2, store: { position: 7 } },
    });
  });

  it('has the partitions between which a key is split', () => {
    const history = new History();
    history.publishAcked([1, 2, 3]);
    for (const version of [1, 2, 3]) history.handle(version, { partition: version === 2 ? 4 : 0, position: version });
    const [witness] = witnessesOf(history, 'splitKeys');
    expect(witness).toMatchObject({
      ...{ extent: 2, event: { version: 2, store: { partition: 4, topic: 'orders' } } },
      otherEvent: { version: 1, store: { partition: 0 } },
    });
  });
});

it('names the durable or group of each delivery, if the checker knows queues', () => {
  const history = new History();
  lateBehind(history, 0, 1);
  const { signatures } = history.verdict({ queues: oneQueue });
  const named = signatures.flatMap(({ examples }) => examples).map(({ event }) => event.deliver!.queue);
  expect(named).toEqual(['orders']);
});
